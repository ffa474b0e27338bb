package io.convoy.explain;

import io.convoy.data.SampleSource;
import io.convoy.inference.Model;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What a layer makes of images, as vectors: images that the network takes for alike lie near each
 * other.
 *
 * @param layer its name
 * @param vectors one for each image, in their order; of an image-shaped output, in the order
 *     channel, row, column
 */
public record Embeddings(String layer, float[][] vectors) {

  /**
   * The layer whose output the classifier reads: that before the last layer with weights.
   *
   * @throws io.convoy.error.ConvoyException of kind USAGE when there is none
   */
  public static String usualLayer(Model model) {
    return new ExplainedLayers(model).beforeClassifier().name();
  }

  /**
   * Of all images of a set. They are read in bounded memory; the vectors are all held.
   *
   * @param layer its name; null for the {@linkplain #usualLayer usual} one
   * @param source the set, brought to the network's input as the model says; not closed here
   * @throws io.convoy.error.ConvoyException of kind USAGE when inference computes no such layer
   */
  public static Embeddings of(
      Model model, String layer, SampleSource source, Kernels kernels, WorkPool pool) {
    return of(model, layer, source, done -> {}, kernels, pool);
  }

  /**
   * Likewise.
   *
   * @param progress is told how many images are done, after each
   */
  public static Embeddings of(
      Model model,
      String layer,
      SampleSource source,
      IntConsumer progress,
      Kernels kernels,
      WorkPool pool) {
    String name = layer(model, layer);
    float[][] vectors = new float[source.size()][];
    SetOutputs.forEach(
        model,
        name,
        source,
        kernels,
        pool,
        (row, output, slot) -> {
          vectors[row] = vector(output, slot);
          progress.accept(row + 1);
        });
    return new Embeddings(name, vectors);
  }

  /**
   * Of some images.
   *
   * @param layer likewise
   * @param images bytes in the order row, column, channel, of the network's input shape
   */
  public static Embeddings of(
      Model model, String layer, List<byte[]> images, Kernels kernels, WorkPool pool) {
    String name = layer(model, layer);
    ModelPass pass = ModelPass.forward(model, List.of(name), 1, kernels, pool);
    float[][] vectors = new float[images.size()][];
    for (int i = 0; i < vectors.length; i++) {
      pass.write(0, images.get(i));
      pass.run(1);
      vectors[i] = vector(pass.output(name), 0);
    }
    return new Embeddings(name, vectors);
  }

  private static String layer(Model model, String layer) {
    return layer == null ? usualLayer(model) : new ExplainedLayers(model).named(layer).name();
  }

  private static float[] vector(Tensor output, int slot) {
    Shape shape = output.shape();
    float[] vector = new float[shape.elements()];
    int i = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int h = 0; h < shape.height(); h++) {
        for (int w = 0; w < shape.width(); w++) {
          vector[i++] = output.data()[output.at(slot, h, w) + channel];
        }
      }
    }
    return vector;
  }
}
