package io.convoy.explain;

import io.convoy.inference.Model;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which pixels a class's score follows most (Simonyan, Vedaldi, Zisserman 2013, "Deep Inside
 * Convolutional Networks", section 3.1): of each pixel, the largest absolute gradient of the score
 * by its channels,
 *
 * <pre>
 *   M[h, w] = max over c of |∂ logit / ∂ x[h, w, c]|
 * </pre>
 *
 * <p>x is the network's input, as it is standardised; passes are those of inference. One thread at
 * a time.
 */
public final class Saliency {
  private final ClassScores scores;
  private final Shape input;
  private final ModelPass pass;

  /** Takes the memory, and the weights, which are not copied. */
  public Saliency(Model model, Kernels kernels, WorkPool pool) {
    scores = new ClassScores(model);
    input = model.network().inputShape();
    pass = ModelPass.backward(model, List.of(), kernels, pool);
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
    int label = scores.label(wanted, logits);
    pass.backwardFromClass(label);
    float[] gradient = pass.inputGradient();
    float[] map = new float[input.height() * input.width()];
    for (int i = 0; i < gradient.length; i++) {
      int pixel = i / input.channels();
      map[pixel] = Math.max(map[pixel], Math.abs(gradient[i]));
    }
    Heatmap heatmap = new Heatmap(input.height(), input.width(), map);
    return new ClassMap(label, scores.probability(label, logits), heatmap);
  }
}
