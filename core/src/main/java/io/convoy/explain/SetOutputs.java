package io.convoy.explain;

import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.inference.InferenceBlocks;
import io.convoy.inference.Model;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.recipe.Preprocessing;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;

/** What a layer makes of the images of a set: one after the other, in bounded memory. */
final class SetOutputs {
  /** Takes a layer's output. */
  @FunctionalInterface
  interface Consumer {
    /**
     * @param row of the image in the set
     * @param output where the layer's output lies, for as long as this runs
     * @param slot the sample of {@code output}
     */
    void take(int row, Tensor output, int slot);
  }

  private SetOutputs() {}

  /**
   * Hands on the outputs in the order of rows.
   *
   * @param source the set; not closed here
   */
  static void forEach(
      Model model,
      String layer,
      SampleSource source,
      Kernels kernels,
      WorkPool pool,
      Consumer consumer) {
    Network network = model.network().withoutAuxiliary().withOutput(layer);
    int number = network.outputs().stream().map(Node::name).toList().indexOf(layer);
    Preprocessing preprocessing = model.preprocessing();
    Shape input = network.inputShape();
    SampleLoader loader =
        new SampleLoader(
            source,
            input,
            preprocessing.resizing(),
            preprocessing.standardization(),
            Augmentation.NONE,
            0);
    try (InferenceBlocks blocks =
        new InferenceBlocks(
            network, model.convolution(), model.weights(), loader, 0, 1, kernels, pool)) {
      for (int block = 0; block < blocks.count(); block++) {
        int[] rows = blocks.run(block);
        for (int slot = 0; slot < rows.length; slot++) {
          consumer.take(rows[slot], blocks.outputs().get(number), slot);
        }
      }
    }
  }
}
