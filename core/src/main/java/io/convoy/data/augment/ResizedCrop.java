package io.convoy.data.augment;

import io.convoy.data.raster.Crop;
import io.convoy.error.ConvoyException;
import io.convoy.random.RandomStream;
import java.io.Serializable;
import java.util.List;

/**
 * A random part of an image, of random size and aspect ratio, to be resized to the network's input
 * (Szegedy et al. 2015), as torchvision's {@code RandomResizedCrop} chooses it: ten tries, then the
 * largest crop in the middle whose ratio lies in the range.
 *
 * <p>The draws stand at fixed positions: of try t the area at 2 t, the ratio at 2 t + 1; the first
 * row at 20, the first column at 21.
 *
 * @param scale least and most of the image's area that the crop has; [0.08, 1] by default
 * @param ratio least and most of the crop's width over its height, drawn uniformly by its
 *     logarithm; [3/4, 4/3] by default
 */
public record ResizedCrop(List<Double> scale, List<Double> ratio) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The defaults. */
  public static final ResizedCrop STANDARD = new ResizedCrop(null, null);

  /** Where the first row of any random crop is drawn; the tries come before it. */
  static final int TOP = 20;

  /** Where its first column is. */
  static final int LEFT = 21;

  private static final int TRIES = 10;

  public ResizedCrop {
    scale = scale == null ? List.of(0.08, 1.0) : List.copyOf(scale);
    ratio = ratio == null ? List.of(3.0 / 4, 4.0 / 3) : List.copyOf(ratio);
    requireRange("scale", scale, 1);
    requireRange("ratio", ratio, Double.MAX_VALUE);
  }

  private static void requireRange(String key, List<Double> range, double most) {
    boolean valid =
        range.size() == 2
            && range.get(0) > 0
            && range.get(0) <= range.get(1)
            && range.get(1) <= most;
    if (!valid) {
      throw ConvoyException.usage(
          "augmentation.resizedCrop.%s is two numbers above 0, the least and the most%s; got %s",
          key, most == 1 ? " (at most 1, the whole image)" : "", range);
    }
  }

  /** The part of an image of this size that the draws choose. */
  Crop draw(int height, int width, RandomStream draws) {
    double area = (double) height * width;
    double lowest = StrictMath.log(ratio.get(0));
    double highest = StrictMath.log(ratio.get(1));
    for (int attempt = 0; attempt < TRIES; attempt++) {
      double wanted = area * between(scale.get(0), scale.get(1), draws.uniform(2 * attempt));
      double aspect = StrictMath.exp(between(lowest, highest, draws.uniform(2 * attempt + 1)));
      double columns = StrictMath.rint(StrictMath.sqrt(wanted * aspect));
      double rows = StrictMath.rint(StrictMath.sqrt(wanted / aspect));
      if (columns > 0 && columns <= width && rows > 0 && rows <= height) {
        int top = draws.below(height - (int) rows + 1, TOP);
        int left = draws.below(width - (int) columns + 1, LEFT);
        return new Crop(top, left, (int) rows, (int) columns);
      }
    }
    return middle(height, width);
  }

  private static double between(double least, double most, float drawn) {
    return least + (most - least) * drawn;
  }

  private Crop middle(int height, int width) {
    double aspect = (double) width / height;
    int columns = width;
    int rows = height;
    if (aspect < ratio.get(0)) {
      rows = atLeastOne(width / ratio.get(0));
    } else if (aspect > ratio.get(1)) {
      columns = atLeastOne(height * ratio.get(1));
    }
    return new Crop((height - rows) / 2, (width - columns) / 2, rows, columns);
  }

  private static int atLeastOne(double extent) {
    return (int) Math.max(1, StrictMath.rint(extent));
  }
}
