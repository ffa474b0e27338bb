package io.convoy.explain;

import io.convoy.inference.Model;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.network.Node;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.OptionalInt;

/**
 * Where a layer sees a class (Selvaraju et al. 2017, "Grad-CAM", equations 1 and 2): the channels A
 * of its output, weighted by the mean gradient of the class's score,
 *
 * <pre>
 *   α[k] = 1 / (H W) · sum over h, w of ∂ logit / ∂ A[h, w, k]
 *   M[h, w] = max(0, sum over k of α[k] A[h, w, k])
 * </pre>
 *
 * brought to the size of the network's input. Passes are those of inference. One thread at a time.
 */
public final class GradCam {
  private final ClassScores scores;
  private final Shape input;
  private final Node layer;
  private final ModelPass pass;

  /**
   * Takes the memory, and the weights, which are not copied.
   *
   * @param layer whose output has more than one pixel; null for the last such layer before the
   *     first output, poolings aside
   * @throws io.convoy.error.ConvoyException of kind USAGE when there is no such layer
   */
  public GradCam(Model model, String layer, Kernels kernels, WorkPool pool) {
    scores = new ClassScores(model);
    input = model.network().inputShape();
    ExplainedLayers layers = new ExplainedLayers(model);
    this.layer = layer == null ? layers.lastImage() : layers.image(layer);
    pass = ModelPass.backward(model, List.of(this.layer.name()), kernels, pool);
  }

  /** The name of the layer that is looked at. */
  public String layer() {
    return layer.name();
  }

  /**
   * The map of an image.
   *
   * @param image bytes in the order row, column, channel, of the network's input shape
   * @param wanted the class; empty for the likeliest
   * @throws io.convoy.error.ConvoyException of kind USAGE when the model has no such class
   */
  public ClassMap of(byte[] image, OptionalInt wanted) {
    pass.write(0, image);
    pass.run(1);
    float[] logits = pass.logits(0);
    float[] activation = pass.output(layer.name(), 0);
    int label = scores.label(wanted, logits);
    pass.backwardFromClass(label);
    float[] gradient = pass.gradient(layer.name());
    Heatmap map = map(activation, gradient).resized(input.height(), input.width());
    return new ClassMap(label, scores.probability(label, logits), map);
  }

  private Heatmap map(float[] activation, float[] gradient) {
    Shape shape = layer.shape();
    int channels = shape.channels();
    int pixels = shape.height() * shape.width();
    double[] weights = new double[channels];
    for (int i = 0; i < gradient.length; i++) {
      weights[i % channels] += gradient[i];
    }
    float[] map = new float[pixels];
    for (int pixel = 0; pixel < pixels; pixel++) {
      double sum = 0;
      for (int k = 0; k < channels; k++) {
        sum += weights[k] / pixels * activation[pixel * channels + k];
      }
      map[pixel] = (float) Math.max(0, sum);
    }
    return new Heatmap(shape.height(), shape.width(), map);
  }
}
