package io.convoy.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.PackedOrder;
import io.convoy.data.augment.Resizing;
import io.convoy.data.examine.DamageLimit;
import io.convoy.data.examine.DamageRule;
import io.convoy.data.examine.Damaged;
import io.convoy.data.folder.Classes;
import io.convoy.data.image.Background;
import io.convoy.data.image.DecodeScale;
import io.convoy.data.image.Framing;
import io.convoy.data.reader.DataFormat;
import io.convoy.data.reader.FileOrder;
import io.convoy.data.reader.LabelCells;
import io.convoy.data.reader.Reading;
import io.convoy.error.ConvoyException;
import io.convoy.operation.Extent;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where the images are, how they are stored, and to which size they are brought.
 *
 * @param format how they are stored
 * @param path the folder; null where the command line names it
 * @param channels for formats that leave it open: 1 (grey) or 3 (RGB), by default what the
 *     network's input has
 * @param classes for formats that leave it open: the names of the classes that are read, by label;
 *     empty for all there are, in the order of their names
 * @param pathColumn of a table, the column of the images' paths; null for one of the usual names
 * @param labelColumn likewise, of the labels
 * @param labelDelimiter of a table whose images may have several labels, what stands between these;
 *     null where each has one, or the column holds lists
 * @param size what images are brought to, that of the network's input; null where they all have it.
 *     A recipe has one if it says anything else of how images are brought to a size
 * @param resizeShorter what the shorter side is resized to before the middle of {@code size} is cut
 *     out, at least {@code size}; null for {@link Resizing#usualShorter}
 * @param stretch whether the whole image is resized to {@code size} instead, whatever its shape
 * @param decode the scale at which images are decoded
 * @param background what is seen where an image is transparent: white (the default), black or
 *     {@code #RRGGBB}
 * @param damaged of image files: what becomes of a set that has damaged ones; null to refuse it
 * @param maxDamaged how many of them are left out at most; null for {@link DamageLimit#USUAL}
 * @param order of image files: in which order samples go; null for that of the files
 */
public record DataOptions(
    DataFormat format,
    String path,
    Integer channels,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> classes,
    @JsonInclude(JsonInclude.Include.NON_NULL) String pathColumn,
    @JsonInclude(JsonInclude.Include.NON_NULL) String labelColumn,
    @JsonInclude(JsonInclude.Include.NON_NULL) String labelDelimiter,
    @JsonInclude(JsonInclude.Include.NON_NULL) Extent size,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer resizeShorter,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stretch,
    @JsonInclude(JsonInclude.Include.NON_NULL) DecodeScale decode,
    @JsonInclude(JsonInclude.Include.NON_NULL) String background,
    @JsonInclude(JsonInclude.Include.NON_NULL) Damaged damaged,
    @JsonInclude(JsonInclude.Include.NON_NULL) DamageLimit maxDamaged,
    @JsonInclude(JsonInclude.Include.NON_NULL) FileOrder order) {
  public DataOptions {
    if (format == null) {
      throw ConvoyException.usage("data.format is missing: one of %s", DataFormat.names());
    }
    if (background != null) {
      background = Background.of(background).toString();
    }
    refuse(damaged != null && !format.isExamined(), "damaged", format);
    refuse(maxDamaged != null && !format.isExamined(), "maxDamaged", format);
    refuse(order != null && !format.isExamined(), "order", format);
    order = order == FileOrder.FILES ? null : order; // a resume compares them
    if (maxDamaged != null && damaged != Damaged.SKIP) {
      throw ConvoyException.usage(
          "data.maxDamaged goes with data.damaged: skip, which leaves damaged images out; got %s",
          maxDamaged);
    }
    if (channels != null && channels != 1 && channels != 3) {
      throw ConvoyException.usage("data.channels must be 1 or 3; got %d", channels);
    }
    classes = classes == null ? List.of() : List.copyOf(classes);
    Classes.requireDistinct(classes, "data.classes");
    refuse(!classes.isEmpty() && !format.takesClasses(), "classes", format);
    refuse(pathColumn != null && !format.hasColumns(), "pathColumn", format);
    refuse(labelColumn != null && !format.hasColumns(), "labelColumn", format);
    refuse(labelDelimiter != null && !format.hasColumns(), "labelDelimiter", format);
    LabelCells.requireDelimiter(labelDelimiter, "data.labelDelimiter");
    if (resizeShorter != null && resizeShorter < 1) {
      throw ConvoyException.usage("data.resizeShorter must be at least 1; got %d", resizeShorter);
    }
    if (stretch && resizeShorter != null) {
      throw ConvoyException.usage(
          "data.stretch resizes all of an image, data.resizeShorter=%d its shorter side before the"
              + " middle is cut out: give one of them",
          resizeShorter);
    }
    if (size != null) {
      resizing(size, resizeShorter, stretch, decode); // which checks them
    }
  }

  /** All classes, of images that all have the network's input size. */
  public DataOptions(DataFormat format, String path, Integer channels) {
    this(
        format, path, channels, List.of(), null, null, null, null, null, false, null, null, null,
        null, null);
  }

  private DataOptionsBuilder toBuilder() {
    return new DataOptionsBuilder(this);
  }

  /** The same with these classes and columns. */
  public DataOptions withLabels(List<String> names, String paths, String labels) {
    return toBuilder().labels(names, paths, labels).build();
  }

  /** The same of images with several labels, between which this stands; null for single ones. */
  public DataOptions withLabelDelimiter(String between) {
    return toBuilder().labelDelimiter(between).build();
  }

  /** The same of images that are brought to a size so. */
  public DataOptions withSize(Extent to, Integer shorter, boolean stretched, DecodeScale scale) {
    return toBuilder().size(to, shorter, stretched, scale).build();
  }

  /** The same of images that are brought to a network's input, as these options say. */
  DataOptions broughtTo(Shape input) {
    return withSize(new Extent(input.height(), input.width()), resizeShorter, stretch, decode);
  }

  /** Whether there is something to say about bringing images to a size, which may be missing. */
  boolean bringsImagesToASize() {
    return size != null || resizeShorter != null || stretch || decode != null;
  }

  /** The same over another background; null for white. */
  public DataOptions withBackground(String colour) {
    return toBuilder().background(colour).build();
  }

  /** The same where sets with damaged images are used, or not. */
  public DataOptions withDamaged(Damaged what, DamageLimit limit) {
    return toBuilder().damaged(what, limit).build();
  }

  /** The same where samples go in this order; null for that of the files. */
  public DataOptions withOrder(FileOrder other) {
    return toBuilder().order(other).build();
  }

  /** Whether sets with damaged images are used. */
  public DamageRule damageRule() {
    return new DamageRule(
        damaged == null ? Damaged.REFUSE : damaged,
        maxDamaged == null ? DamageLimit.USUAL : maxDamaged);
  }

  /**
   * Images from the same place, brought to a network's input as the network was trained. A training
   * whose augmentation wanted a size had one, so nothing contradicts.
   */
  DataOptions withPreprocessing(Preprocessing given) {
    Preprocessing.Resize resize = given.resize();
    return new DataOptions(format, path, given.channels())
        .withLabels(classes, pathColumn, labelColumn)
        .withLabelDelimiter(labelDelimiter)
        .withSize(
            given.size(),
            resize == null ? null : resize.resizeShorter(),
            resize != null && resize.resizeShorter() == null,
            resize == null ? null : resize.decode())
        .withBackground(given.background())
        .withDamaged(damaged, maxDamaged)
        .withOrder(order);
  }

  private static void refuse(boolean set, String key, DataFormat format) {
    if (set) {
      throw ConvoyException.usage(
          "data.%s has no meaning for data.format %s: take it away, or set another format",
          key, format.name());
    }
  }

  /** The training set under a folder. */
  public DataSet training(FileStore files, String folder, int inputChannels) {
    return sized(format.training(files, folder, reading(inputChannels)));
  }

  /** The test set under a folder; empty where there is none. */
  public Optional<DataSet> test(FileStore files, String folder, int inputChannels) {
    return format.test(files, folder, reading(inputChannels)).map(this::sized);
  }

  /** All images of a folder that is no divided set; empty where it is one. */
  public Optional<DataSet> undivided(FileStore files, String folder, int inputChannels) {
    return format.undivided(files, folder, reading(inputChannels)).map(this::sized);
  }

  private DataSet sized(DataSet set) {
    DataSet shown = background == null ? set : set.over(Background.of(background));
    DataSet ordered = order == FileOrder.PACK ? shown.inOrderOf(PackedOrder.USUAL) : shown;
    return size == null ? ordered : ordered.ofAnySize();
  }

  private Reading reading(int inputChannels) {
    return new Reading(
        channels == null ? inputChannels : channels,
        classes,
        pathColumn,
        labelColumn,
        labelDelimiter);
  }

  /** How images are brought to their size; null where they all have it. */
  public Resizing resizing() {
    return size == null ? null : resizing(size, resizeShorter, stretch, decode);
  }

  private static Resizing resizing(
      Extent size, Integer resizeShorter, boolean stretch, DecodeScale decode) {
    int usual = Resizing.usualShorter(Math.max(size.height(), size.width()));
    int shorter = resizeShorter == null ? usual : resizeShorter;
    return new Resizing(
        size.height(),
        size.width(),
        stretch ? 0 : shorter,
        decode == null ? DecodeScale.FULL : decode);
  }

  /**
   * Bytes that images of any size take while they are decoded, beside their samples.
   *
   * @param imageChannels of the network's input
   * @param threads that compute; as many read ahead
   * @return 0 where images have the network's input size
   */
  public long decodingBytes(int imageChannels, int threads) {
    return size == null ? 0 : Resizing.decodingBytes(imageChannels, 2 * threads);
  }

  /**
   * The bytes that the images of both sets take in memory, as {@link DataFormat#memory} says; files
   * of images that may have any size are decoded each time.
   *
   * @throws IOException when the folder cannot be listed
   */
  public long memory(FileStore files, String folder, Shape input) throws IOException {
    if (size != null && format.decodes()) {
      return 0;
    }
    return format.memory(files, folder, reading(input.channels()), input);
  }

  /** What is made of each image to be evaluated, or to be measured. */
  public Framing evaluation() {
    return size == null ? Framing.STORED : resizing().evaluation();
  }
}
