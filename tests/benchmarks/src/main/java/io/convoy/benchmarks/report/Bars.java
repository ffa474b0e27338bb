package io.convoy.benchmarks.report;

import io.convoy.benchmarks.layers.Group;
import io.convoy.benchmarks.layers.LayerResult;
import io.convoy.benchmarks.layers.LayerRun;
import io.convoy.benchmarks.networks.Mode;
import io.convoy.benchmarks.networks.NetworkResult;
import io.convoy.benchmarks.networks.NetworkResult.Timing;
import io.convoy.benchmarks.networks.NetworkRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.commons.math3.stat.StatUtils;

/** What Convoy set itself as bars, and where it stands: one line for each number of threads. */
final class Bars {
  /** The networks whose 3x3 convolutions are judged. */
  private static final List<String> THREE_BY_THREE_SETS = List.of("resnet50", "vgg16");

  /** The dense layers that are judged, where they were measured: at the networks' own batches. */
  private static final String DENSE_SET = "dense";

  private static final String PEER = "PyTorch";
  private static final String ONNX_RUNTIME = "ONNX Runtime";
  private static final String FORWARD = "forward";
  private static final String ONE_SHARD = "1 shard";
  private static final String DEFAULT_SHARDS = "default shards";
  private static final String JDK = ", JDK ";

  /**
   * A bar, and what was measured against it.
   *
   * @param what is compared
   * @param bar what the figure should be: at least that, or where {@code most}, at the most
   * @param most whether less is better
   * @param limit what no single point may miss; NaN where there is none
   * @param threads of all contenders
   * @param reached geometric mean over the points
   * @param worst the worst of them
   * @param at which one that is
   * @param points how many
   */
  record Bar(
      String what,
      double bar,
      boolean most,
      double limit,
      int threads,
      double reached,
      double worst,
      String at,
      int points) {
    /** Whether the mean and each of the points are where they should be. */
    boolean met() {
      return most ? reached <= bar && !(worst > limit) : reached >= bar && !(worst < limit);
    }
  }

  /** A figure that counts towards a bar. */
  private record Point(double value, String at) {}

  /** Gives a network's figure, where it was measured. */
  private interface Figure extends Function<NetworkResult, OptionalDouble> {}

  private final List<Bar> bars = new ArrayList<>();

  private Bars() {}

  /** All bars for which there is a measurement, layers first. */
  static List<Bar> of(List<LayerRun> layers, List<NetworkRun> networks) {
    Bars made = new Bars();
    for (int threads : layers.stream().map(LayerRun::threads).distinct().sorted().toList()) {
      made.layers(
          threads,
          layers.stream()
              .filter(run -> run.threads() == threads)
              .flatMap(run -> run.results().stream())
              .filter(LayerResult::comparable)
              .toList());
    }
    for (int threads : networks.stream().map(NetworkRun::threads).distinct().sorted().toList()) {
      List<NetworkResult> results =
          networks.stream()
              .filter(run -> run.threads() == threads)
              .flatMap(run -> run.results().stream())
              .toList();
      // a run beside DL4J alone is one more
      made.networks(threads, results.stream().filter(result -> peer(result) != null).toList());
      made.exported(threads, results);
    }
    return made.bars;
  }

  private void layers(int threads, List<LayerResult> results) {
    boolean own = results.stream().anyMatch(r -> r.set().equals(DENSE_SET));
    layer(
        "dense layers, all passes",
        0.9,
        Double.NaN,
        threads,
        results,
        r -> r.group() == Group.DENSE && (r.set().equals(DENSE_SET) || !own));
    layer(
        "3x3 stride 1 of resnet50 and vgg16, forward and data",
        1.8,
        Double.NaN,
        threads,
        results,
        r -> r.group() == Group.THREE_BY_THREE && THREE_BY_THREE_SETS.contains(r.set()));
    layer(
        "3x3 stride 1 of resnet50 and vgg16, weights",
        1.8,
        Double.NaN,
        threads,
        results,
        r -> r.group() == Group.THREE_BY_THREE_WEIGHTS && THREE_BY_THREE_SETS.contains(r.set()));
    layer(
        "other convolutions, all passes (none under 0.80)",
        0.95,
        0.8,
        threads,
        results,
        r -> r.group() == Group.OTHER);
    layer(
        "depthwise, all passes",
        0.9,
        Double.NaN,
        threads,
        results,
        r -> r.group() == Group.DEPTHWISE);
  }

  private void layer(
      String what,
      double bar,
      double limit,
      int threads,
      List<LayerResult> results,
      Predicate<LayerResult> counts) {
    add(
        what,
        bar,
        false,
        limit,
        threads,
        results.stream()
            .filter(counts)
            .map(
                r ->
                    new Point(
                        r.ratio(),
                        "%s, %s, batch %s".formatted(r.name(), r.direction(), r.batch())))
            .toList());
  }

  private void networks(int threads, List<NetworkResult> results) {
    training("lenet", 1.2, threads, results);
    training("resnet-18", 1.5, threads, results);
    training("resnet-50", 1.2, threads, results);
    training("vgg-11", 2.0, threads, results);
    training("resnet-20", 1.3, threads, results);
    network(
        "training at the default number of shards, against one",
        0.9,
        false,
        threads,
        results,
        r -> ratio(way(r, ONE_SHARD), way(r, DEFAULT_SHARDS)));
    network(
        "inference, against PyTorch",
        1.0,
        false,
        threads,
        results,
        r -> r.mode() == Mode.INFERENCE ? ratio(peer(r), way(r, FORWARD)) : ratio(null, null));
    for (String way : List.of(ONE_SHARD, DEFAULT_SHARDS)) {
      network(
          "another JDK against this one, each in a process of its own, training, " + way,
          0.9,
          false,
          threads,
          results,
          r -> otherJdk(r, way));
    }
    network(
        "peak memory of a training step, against PyTorch's process",
        1.0,
        true,
        threads,
        results.stream().filter(r -> r.mode() == Mode.TRAINING).toList(),
        Bars::memory);
  }

  private void exported(int threads, List<NetworkResult> results) {
    add(
        "inference, against ONNX Runtime",
        1.0,
        false,
        Double.NaN,
        threads,
        points(
            results,
            r -> ratio(first(r, t -> t.contender().equals(ONNX_RUNTIME)), way(r, FORWARD))));
  }

  private void training(String name, double bar, int threads, List<NetworkResult> results) {
    List<NetworkResult> own = results.stream().filter(r -> r.network().equals(name)).toList();
    for (String way : List.of(ONE_SHARD, DEFAULT_SHARDS)) {
      network(
          "training step of %s, %s, against PyTorch".formatted(name, way),
          bar,
          false,
          threads,
          own,
          r -> ratio(peer(r), way(r, way)));
    }
  }

  private void network(
      String what,
      double bar,
      boolean most,
      int threads,
      List<NetworkResult> results,
      Figure figure) {
    add(what, bar, most, bar, threads, points(results, figure));
  }

  private static List<Point> points(List<NetworkResult> results, Figure figure) {
    List<Point> points = new ArrayList<>();
    for (NetworkResult result : results) {
      figure
          .apply(result)
          .ifPresent(
              value ->
                  points.add(
                      new Point(
                          value, "%s, batch %s".formatted(result.network(), result.batch()))));
    }
    return points;
  }

  private void add(
      String what, double bar, boolean most, double limit, int threads, List<Point> points) {
    if (points.isEmpty()) {
      return;
    }
    Point worst = points.get(0);
    for (Point point : points) {
      boolean worse = most ? point.value > worst.value : point.value < worst.value;
      worst = worse ? point : worst;
    }
    double[] values = points.stream().mapToDouble(Point::value).toArray();
    double mean = StatUtils.geometricMean(values);
    bars.add(new Bar(what, bar, most, limit, threads, mean, worst.value, worst.at, values.length));
  }

  private static Timing way(NetworkResult result, String way) {
    return first(result, timing -> timing.ours() && timing.way().equals(way));
  }

  /** This JDK's time, which stands first, over the slowest other one's. */
  private static OptionalDouble otherJdk(NetworkResult result, String way) {
    double[] seconds =
        result.timings().stream()
            .filter(timing -> timing.ours() && timing.way().startsWith(way + JDK))
            .mapToDouble(timing -> timing.seconds().median())
            .toArray();
    return seconds.length < 2
        ? OptionalDouble.empty()
        : OptionalDouble.of(seconds[0] / Arrays.stream(seconds).skip(1).max().orElseThrow());
  }

  /** PyTorch in its better way; null where it was not there. */
  private static Timing peer(NetworkResult result) {
    return result.bestPeer().filter(timing -> timing.contender().equals(PEER)).orElse(null);
  }

  private static Timing first(NetworkResult result, Predicate<Timing> wanted) {
    return result.timings().stream().filter(wanted).findFirst().orElse(null);
  }

  private static OptionalDouble ratio(Timing theirs, Timing ours) {
    return theirs == null || ours == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(theirs.seconds().median() / ours.seconds().median());
  }

  private static OptionalDouble memory(NetworkResult result) {
    Timing ours = way(result, ONE_SHARD);
    OptionalDouble theirs =
        result.timings().stream()
            .filter(timing -> timing.contender().equals(PEER) && timing.peakBytes() > 0)
            .mapToDouble(Timing::peakBytes)
            .min();
    return ours == null || ours.peakBytes() == 0 || theirs.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(ours.peakBytes() / theirs.getAsDouble());
  }
}
