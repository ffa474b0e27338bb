package io.convoy.check;

import io.convoy.data.SampleSource;
import io.convoy.data.augment.SampleLoader;
import io.convoy.execution.Execution;
import io.convoy.feed.Batch;
import io.convoy.feed.BatchPlan;
import io.convoy.feed.SampleFeed;
import io.convoy.feed.SampleInput;
import io.convoy.feed.ShardOrder;
import io.convoy.kernel.Subnormals;
import io.convoy.kernel.WorkPool;
import io.convoy.layer.Relu;
import io.convoy.layer.Relu6;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.operation.Pass;
import io.convoy.operation.PassCapacity;
import io.convoy.recipe.Recipe;
import io.convoy.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Of each rectifier the share of channels that are zero for all samples of a batch, at all pixels:
 * no gradient comes through these.
 */
final class DeadUnits {
  /** Bytes of activations up to which the samples of a batch are looked at together. */
  private static final long LIMIT = 1L << 30;

  private DeadUnits() {}

  /** The rectifiers of a network. */
  static List<String> rectifiers(Network network) {
    return network.nodes().stream()
        .filter(node -> node.layer() instanceof Relu || node.layer() instanceof Relu6)
        .map(Node::name)
        .toList();
  }

  /**
   * Measures it, going forward as in training.
   *
   * @param recipe without augmentation, its standardization measured; its batch is looked at, or as
   *     much of it as memory allows
   * @return the shares, by the rectifiers' names, in the network's order
   */
  static Map<String, Double> shares(Bench bench, Recipe recipe, SampleSource images, float[] at) {
    Map<String, Double> shares = new LinkedHashMap<>();
    List<String> rectifiers = rectifiers(recipe.network());
    if (rectifiers.isEmpty()) {
      return shares;
    }
    Network network = recipe.network();
    for (String name : rectifiers) {
      network = network.withOutput(name);
    }
    BatchPlan plan = BatchPlan.of(recipe, images.rowGroups());
    int samples = plan.batchSamples(0);
    while (samples > 2 && Execution.activationBytes(network, samples) > LIMIT) {
      samples /= 2;
    }
    List<String> outputs = network.outputs().stream().map(Node::name).toList();
    try (WorkPool pool = new WorkPool(bench.threads())) {
      Subnormals.require(bench.kernels(), pool);
      PassCapacity capacity = PassCapacity.of(samples);
      Execution execution =
          Execution.training(network, capacity, recipe.conv(), bench.kernels(), pool);
      execution.load(at);
      execution.forward(pass(bench, recipe, images, plan, execution, samples, pool));
      for (String name : rectifiers) {
        shares.put(name, share(execution.output(outputs.indexOf(name)), samples));
      }
    }
    return shares;
  }

  /** Loads the first samples of the first batch. */
  private static Pass pass(
      Bench bench,
      Recipe recipe,
      SampleSource images,
      BatchPlan plan,
      Execution execution,
      int samples,
      WorkPool pool) {
    SampleLoader loader =
        new SampleLoader(
            images,
            recipe.network().inputShape(),
            recipe.data().resizing(),
            recipe.standardization(),
            recipe.augmentation(),
            recipe.seed());
    SampleInput input =
        new SampleInput(execution.input(), recipe.standardization(), bench.kernels(), pool);
    try (SampleFeed feed = SampleFeed.of(loader, new ShardOrder(plan, 1, 1), pool.threads())) {
      Batch batch = feed.begin(0, 0);
      pool.run(samples, (slot, thread) -> feed.load(slot, input.samples(), slot, thread));
      input.finish(samples);
      return new Pass(samples).training(samples, recipe.seed(), 0, batch.rows(), 0);
    }
  }

  /** The share of channels that are zero in all samples. */
  static double share(Tensor output, int samples) {
    int channels = output.shape().channels();
    boolean[] alive = new boolean[channels];
    for (int n = 0; n < samples; n++) {
      for (int h = 0; h < output.shape().height(); h++) {
        for (int w = 0; w < output.shape().width(); w++) {
          int from = output.at(n, h, w);
          for (int c = 0; c < channels; c++) {
            alive[c] |= output.data()[from + c] != 0;
          }
        }
      }
    }
    int dead = 0;
    for (boolean one : alive) {
      dead += one ? 0 : 1;
    }
    return (double) dead / channels;
  }
}
