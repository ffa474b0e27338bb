package io.convoy.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.benchmarks.layers.Direction;
import io.convoy.benchmarks.layers.Group;
import io.convoy.benchmarks.layers.LayerResult;
import io.convoy.benchmarks.layers.LayerRun;
import io.convoy.benchmarks.networks.Mode;
import io.convoy.benchmarks.networks.NetworkResult;
import io.convoy.benchmarks.networks.NetworkRun;
import io.convoy.benchmarks.timing.Machine;
import io.convoy.benchmarks.timing.Spread;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BarsTest {
  private static final Machine MACHINE = new Machine("processor", 2, "system", "java");

  private static LayerRun run(LayerResult... results) {
    return new LayerRun(LayerRun.KIND, MACHINE, 2, 1e9, Map.of(), "layers", List.of(results));
  }

  private static LayerResult layer(String name, Group group, double ratio) {
    LayerResult.Timing ours = new LayerResult.Timing("convoy", spread(1), 0);
    LayerResult.Timing theirs = new LayerResult.Timing("oneDNN", spread(ratio), 0);
    return new LayerResult(
        name,
        name + " conv",
        name,
        8,
        1,
        Direction.FORWARD,
        group,
        1,
        1,
        true,
        1,
        null,
        List.of(ours, theirs));
  }

  private static Spread spread(double seconds) {
    return Spread.of(new double[] {seconds});
  }

  private static NetworkRun run(NetworkResult... results) {
    return new NetworkRun(NetworkRun.KIND, MACHINE, 1, Map.of(), "networks", List.of(results));
  }

  private static NetworkResult network(String name, Mode mode, NetworkResult.Timing... timings) {
    return new NetworkResult(name, mode, 16, null, List.of(timings));
  }

  private static NetworkResult.Timing timing(
      String contender, String way, double seconds, long bytes) {
    return new NetworkResult.Timing(contender, way, spread(seconds), bytes);
  }

  private static Bars.Bar bar(List<Bars.Bar> bars, String what) {
    return bars.stream().filter(bar -> bar.what().startsWith(what)).findFirst().orElseThrow();
  }

  @Test
  void aGroupIsJudgedByItsMeanAndItsWorst() {
    List<Bars.Bar> bars =
        Bars.of(
            List.of(
                run(layer("resnet50", Group.OTHER, 2), layer("vgg16", Group.OTHER, 0.5)),
                run(
                    layer("resnet50", Group.THREE_BY_THREE, 4),
                    layer("vgg16", Group.THREE_BY_THREE, 1),
                    layer("googlenet", Group.THREE_BY_THREE, 0.01))),
            List.of());
    Bars.Bar other = bar(bars, "other");
    assertEquals(1, other.reached(), 1e-12);
    assertEquals(0.5, other.worst());
    assertEquals("vgg16 conv, forward, batch 8", other.at());
    assertFalse(other.met(), "a point is under 0.80");
    Bars.Bar square = bar(bars, "3x3");
    assertEquals(2, square.points());
    assertEquals(2, square.reached(), 1e-12);
    assertTrue(square.met(), "single points may be under the bar");
  }

  @Test
  void denseLayersAreJudgedByTheirOwnSetWhereItWasMeasured() {
    LayerRun networks = run(layer("vgg16", Group.DENSE, 0.25));
    assertEquals(0.25, bar(Bars.of(List.of(networks), List.of()), "dense").reached(), 1e-12);
    LayerRun own = run(layer("dense", Group.DENSE, 2), layer("vgg16", Group.OTHER, 1));
    Bars.Bar dense = bar(Bars.of(List.of(networks, own), List.of()), "dense");
    assertEquals(2, dense.reached(), 1e-12);
    assertEquals(1, dense.points());
  }

  @Test
  void networksAreJudgedAgainstPyTorchInItsBetterWay() {
    List<Bars.Bar> bars =
        Bars.of(
            List.of(),
            List.of(
                run(
                    network(
                        "lenet",
                        Mode.TRAINING,
                        timing("convoy", "1 shard", 1, 300),
                        timing("convoy", "default shards", 1.25, 100),
                        timing("convoy", "1 shard, JDK 25", 1.1, 0),
                        timing("convoy", "default shards, JDK 25", 9, 0),
                        timing("convoy", "1 shard, JDK 17", 2.2, 0),
                        timing("convoy", "1 shard, JDK 21", 0.5, 0),
                        timing("PyTorch", "NCHW", 1.5, 200),
                        timing("PyTorch", "channels-last", 1.25, 400)),
                    network(
                        "lenet",
                        Mode.INFERENCE,
                        timing("convoy", "forward", 1, 0),
                        timing("DL4J", "NCHW", 5, 0)))));
    Bars.Bar step = bar(bars, "training step of lenet, 1 shard");
    assertEquals(1.25, step.reached(), 1e-12);
    assertTrue(step.met());
    assertFalse(bar(bars, "training step of lenet, default").met());
    assertEquals(0.8, bar(bars, "training at the default").reached(), 1e-12);
    Bars.Bar jdk = bar(bars, "another JDK");
    assertEquals(0.5, jdk.reached(), 1e-12, "both in processes of their own, the slowest other");
    assertTrue(
        bars.stream().noneMatch(b -> b.what().endsWith("training, default shards")),
        "no other JDK");
    Bars.Bar memory = bar(bars, "peak memory");
    assertEquals(1.5, memory.reached(), 1e-12);
    assertFalse(memory.met());
    assertTrue(bars.stream().noneMatch(bar -> bar.what().startsWith("inference")), "no PyTorch");
  }

  @Test
  void exportedNetworksAreJudgedByTheirMean() {
    List<Bars.Bar> bars =
        Bars.of(
            List.of(),
            List.of(
                run(
                    network(
                        "lenet",
                        Mode.INFERENCE,
                        timing("convoy", "forward", 1, 0),
                        timing("PyTorch", "NCHW", 0.5, 0),
                        timing("ONNX Runtime", "exported", 4, 0)),
                    network(
                        "vgg-11",
                        Mode.INFERENCE,
                        timing("convoy", "forward", 2, 0),
                        timing("ONNX Runtime", "exported", 1, 0)))));
    Bars.Bar exported = bar(bars, "inference, against ONNX Runtime");
    assertEquals(Math.sqrt(2), exported.reached(), 1e-12);
    assertEquals(0.5, exported.worst());
    assertEquals(2, exported.points());
    assertTrue(exported.met(), "single points may be under the bar");
  }
}
