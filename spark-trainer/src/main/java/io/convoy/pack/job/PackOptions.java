package io.convoy.pack.job;

import io.convoy.data.PackedOrder;
import io.convoy.data.examine.DamageRule;
import io.convoy.data.folder.Classes;
import io.convoy.data.reader.LabelCells;
import io.convoy.error.ConvoyException;
import java.io.Serializable;
import java.util.List;

/**
 * How a set is packed.
 *
 * @param seed of the random order
 * @param groupBytes the most bytes of a row group of several images, from 64 KiB to 1 GiB; 8 to 32
 *     MiB suit HDFS
 * @param classes the names of the classes, by label; empty for those that the source has
 * @param damaged whether images may be damaged; those that may are left out
 * @param resizeShorter what the shorter side of larger images is resized to, in pixels; 0 to leave
 *     images as they are
 * @param quality of images that were resized, 1 to 100 as libjpeg counts it; 0 for that of each
 *     image's own file
 * @param labelDelimiter of a table whose images may have several labels, what stands between these;
 *     null where each has one, or the column holds lists
 */
public record PackOptions(
    long seed,
    long groupBytes,
    List<String> classes,
    DamageRule damaged,
    int resizeShorter,
    int quality,
    String labelDelimiter)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** 16 MiB. */
  public static final long GROUP_BYTES = PackedOrder.USUAL.groupBytes();

  /** Seed 0, row groups of 16 MiB, the source's classes; no image may be damaged. */
  public static final PackOptions DEFAULT =
      new PackOptions(PackedOrder.USUAL.seed(), GROUP_BYTES, List.of(), DamageRule.REFUSE);

  /** Of images as they are. */
  public PackOptions(long seed, long groupBytes, List<String> classes, DamageRule damaged) {
    this(seed, groupBytes, classes, damaged, 0, 0, null);
  }

  /** The order of the rows, and where row groups end. */
  public PackedOrder order() {
    return new PackedOrder(seed, groupBytes);
  }

  /** The same of images that are made smaller so. */
  public PackOptions withResized(int shorter, int jpegQuality) {
    return new PackOptions(
        seed, groupBytes, classes, damaged, shorter, jpegQuality, labelDelimiter);
  }

  /** The same of images with several labels, between which this stands; null for single ones. */
  public PackOptions withLabelDelimiter(String between) {
    return new PackOptions(seed, groupBytes, classes, damaged, resizeShorter, quality, between);
  }

  public PackOptions {
    classes = List.copyOf(classes);
    new PackedOrder(seed, groupBytes); // which checks them
    if (resizeShorter < 0 || quality < 0 || quality > 100) {
      throw ConvoyException.usage(
          "images are resized to at least 1 pixel, with quality 1 to 100; got %d and %d",
          resizeShorter, quality);
    }
    if (quality > 0 && resizeShorter == 0) {
      throw ConvoyException.usage(
          "a quality goes with a size to resize images to: others keep their bytes");
    }
    Classes.requireDistinct(classes, "--classes");
    LabelCells.requireDelimiter(labelDelimiter, "--label-delimiter");
  }
}
