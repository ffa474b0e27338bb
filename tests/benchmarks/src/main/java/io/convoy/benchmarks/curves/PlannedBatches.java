package io.convoy.benchmarks.curves;

import io.convoy.benchmarks.timing.Tensors;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.SampleLoader;
import io.convoy.error.ConvoyException;
import io.convoy.feed.Batch;
import io.convoy.feed.BatchPlan;
import io.convoy.feed.SampleFeed;
import io.convoy.feed.ShardOrder;
import io.convoy.recipe.Recipe;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;

/** The batches of a training as its network gets them: Convoy's own order, crops and flips. */
final class PlannedBatches implements AutoCloseable {
  private final SampleFeed feed;
  private final Shape shape;
  private float[] images;
  private int[] labels;

  PlannedBatches(Recipe recipe, BatchPlan plan, SampleSource training, int threads) {
    shape = recipe.network().inputShape();
    SampleLoader loader =
        new SampleLoader(
            training,
            shape,
            recipe.data().resizing(),
            recipe.standardization(),
            recipe.augmentation(),
            recipe.seed());
    feed = SampleFeed.of(loader, new ShardOrder(plan, 1, plan.steps(recipe)), threads);
  }

  /** Turns to the batch of a step, from 0. */
  void load(long step) {
    Batch batch = feed.begin(step, 0);
    Tensor tensor = new Arena().tensor(batch.samples(), shape, 0);
    labels = new int[batch.samples()];
    for (int position = 0; position < labels.length; position++) {
      labels[position] = label(feed.load(position, tensor, position, 0));
    }
    images = Tensors.read(tensor);
  }

  private static int label(Target target) {
    if (target instanceof ClassLabel one) {
      return one.label();
    }
    throw ConvoyException.usage(
        "peers are trained on images of one label each; this recipe mixes images or has several"
            + " labels an image");
  }

  /** NHWC. */
  float[] images() {
    return images;
  }

  /** One an image. */
  int[] labels() {
    return labels;
  }

  @Override
  public void close() {
    feed.close();
  }
}
