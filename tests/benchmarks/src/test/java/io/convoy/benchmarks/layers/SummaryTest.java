package io.convoy.benchmarks.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.benchmarks.layers.LayerResult.Timing;
import io.convoy.benchmarks.timing.Spread;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static Timing timing(String contender, double seconds, double error) {
    return new Timing(contender, Spread.of(new double[] {seconds}), error);
  }

  private static LayerResult result(String line, Direction direction, Timing... timings) {
    Problem problem = ProblemParser.parse(line, "test").orElseThrow();
    return new LayerResult(
        problem.line(),
        problem.name(),
        problem.set(),
        problem.batch(),
        problem.count(),
        direction,
        problem.shape().group(direction),
        problem.operations(),
        1e9,
        true,
        1e-5,
        null,
        List.of(timings));
  }

  @Test
  void meansAreGeometricAndCountEachProblemOnce() {
    List<LayerResult> results =
        List.of(
            result(
                "dense in10 out10 x5 n\"a fc1\"",
                Direction.FORWARD,
                timing("convoy", 1, 0),
                timing("slow", 9, 0),
                timing("fast", 4, 0)),
            result(
                "dense in10 out10 n\"b fc1\"",
                Direction.BACKWARD_DATA,
                timing("convoy", 2, 0),
                timing("fast", 2, 0)),
            result("dense in10 out10 n\"b fc2\"", Direction.FORWARD, timing("convoy", 2, 0)),
            result(
                "dense in10 out10 n\"b fc3\"",
                Direction.BACKWARD_DATA,
                timing("convoy", -1e-9, 0),
                timing("fast", 2, 0)));
    List<Summary> summaries = Summary.of(results);
    assertEquals(List.of("all", "a", "b"), summaries.stream().map(Summary::set).toList());
    Summary all = summaries.get(0);
    assertEquals(Group.DENSE, all.group());
    assertEquals(2, all.points());
    assertEquals(2, all.mean(), 1e-12);
    assertEquals(1, all.least());
    assertEquals("b fc1, data, batch 1", all.leastAt());
    assertEquals(150e-9, all.share(), 1e-15);
  }

  @Test
  void groupsFollowTheShape() {
    assertEquals(Group.THREE_BY_THREE, group("conv ic8 ih9 oc8 kh3 ph1", Direction.FORWARD));
    assertEquals(Group.THREE_BY_THREE, group("conv ic8 ih9 oc8 kh3", Direction.BACKWARD_DATA));
    assertEquals(
        Group.THREE_BY_THREE_WEIGHTS,
        group("conv ic8 ih9 oc8 kh3 ph1", Direction.BACKWARD_WEIGHTS));
    assertEquals(Group.OTHER, group("conv ic8 ih9 oc8 kh3 sh2 ph1", Direction.FORWARD));
    assertEquals(Group.OTHER, group("conv ic8 ih9 oc8 kh3 dh1", Direction.BACKWARD_WEIGHTS));
    assertEquals(Group.OTHER, group("conv g2 ic8 ih9 oc8 kh3", Direction.FORWARD));
    assertEquals(Group.OTHER, group("conv ic8 ih9 oc8 kh3 kw1", Direction.FORWARD));
    assertEquals(Group.DEPTHWISE, group("conv g8 ic8 ih9 oc8 kh3 ph1", Direction.BACKWARD_WEIGHTS));
  }

  private static Group group(String line, Direction direction) {
    return ProblemParser.parse(line, "test").orElseThrow().shape().group(direction);
  }

  @Test
  void aFaultIsTold() {
    LayerResult right = result("dense in1 out1", Direction.FORWARD, timing("convoy", 1, 1e-6));
    assertEquals(Optional.empty(), right.fault());
    assertTrue(Double.isNaN(right.ratio()));
    LayerResult off =
        result(
            "dense in1 out1",
            Direction.FORWARD,
            timing("convoy", 1, 1e-6),
            timing("peer", 1, Double.NaN));
    assertEquals(Optional.of("the error of peer is NaN, over 1.0e-05"), off.fault());
  }
}
