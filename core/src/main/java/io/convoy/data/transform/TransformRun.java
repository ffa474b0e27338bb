package io.convoy.data.transform;

import io.convoy.tensor.Shape;
import java.util.List;

/** A list of transforms at work: what one thread needs for it. */
public final class TransformRun {
  private final List<Transform> steps;
  private final Canvas canvas;
  private final Draws draws;

  /**
   * @param steps in their order
   * @param shape of the images, {@code [height, width, channels]}
   * @param seed of the training
   */
  public TransformRun(List<Transform> steps, Shape shape, long seed) {
    this.steps = List.copyOf(steps);
    canvas = new Canvas(shape);
    draws = new Draws(seed);
  }

  /**
   * Changes a copy of an image.
   *
   * @param image in HWC order, from 0 on
   * @param row of the image in its source
   * @return its bytes, until the next call
   */
  public byte[] apply(byte[] image, int epoch, long row) {
    canvas.take(image);
    draws.at(epoch, row);
    for (int step = 0; step < steps.size(); step++) {
      draws.step(step);
      steps.get(step).apply(canvas, draws);
    }
    return canvas.pixels();
  }
}
