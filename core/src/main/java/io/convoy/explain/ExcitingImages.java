package io.convoy.explain;

import io.convoy.data.SampleSource;
import io.convoy.inference.Model;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.network.Node;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The images of a set that excite a filter most, the most exciting first; of equal ones, the one
 * that comes first in the set.
 *
 * @param channel the number of the filter, from 0
 * @param images at most as many as were asked for
 */
public record ExcitingImages(int channel, List<Excited> images) {
  /** How many images are usually looked at. */
  public static final int USUAL = 9;

  /**
   * An image, and where it excites the filter most.
   *
   * @param row of the image in the set
   * @param excitement the largest output of the filter
   * @param outputRow where in the filter's output that is
   * @param outputColumn likewise
   */
  public record Excited(int row, float excitement, int outputRow, int outputColumn) {}

  public ExcitingImages {
    images = List.copyOf(images);
  }

  /**
   * Looks at all images of a set, one after the other, in bounded memory; for all filters of a
   * layer at once.
   *
   * @param layer whose filters are asked for
   * @param source the set, brought to the network's input as the model says; not closed here
   * @param count images of each filter, at least 1
   * @return one for each channel of the layer, in their order
   * @throws io.convoy.error.ConvoyException of kind USAGE when inference computes no such layer
   */
  public static List<ExcitingImages> of(
      Model model, String layer, SampleSource source, int count, Kernels kernels, WorkPool pool) {
    return of(model, layer, source, count, done -> {}, kernels, pool);
  }

  /**
   * Likewise.
   *
   * @param progress is told how many images are done, after each
   */
  public static List<ExcitingImages> of(
      Model model,
      String layer,
      SampleSource source,
      int count,
      IntConsumer progress,
      Kernels kernels,
      WorkPool pool) {
    Node node = new ExplainedLayers(model).named(layer);
    List<List<Excited>> best = new ArrayList<>();
    for (int channel = 0; channel < node.shape().channels(); channel++) {
      best.add(new ArrayList<>());
    }
    SetOutputs.forEach(
        model,
        layer,
        source,
        kernels,
        pool,
        (row, output, slot) -> {
          for (int channel = 0; channel < best.size(); channel++) {
            enter(best.get(channel), excited(row, output, slot, channel), count);
          }
          progress.accept(row + 1);
        });
    List<ExcitingImages> images = new ArrayList<>();
    best.forEach(of -> images.add(new ExcitingImages(images.size(), of)));
    return images;
  }

  private static Excited excited(int row, Tensor output, int slot, int channel) {
    Shape shape = output.shape();
    Excited most = new Excited(row, Float.NEGATIVE_INFINITY, 0, 0);
    for (int h = 0; h < shape.height(); h++) {
      for (int w = 0; w < shape.width(); w++) {
        float value = output.data()[output.at(slot, h, w) + channel];
        if (value > most.excitement) {
          most = new Excited(row, value, h, w);
        }
      }
    }
    return most;
  }

  private static void enter(List<Excited> best, Excited excited, int count) {
    int place = best.size();
    while (place > 0 && excited.excitement > best.get(place - 1).excitement) {
      place--;
    }
    if (place < count) {
      best.add(place, excited);
    }
    if (best.size() > count) {
      best.remove(count);
    }
  }
}
