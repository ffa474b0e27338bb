package io.convoy.data.reader;

import io.convoy.data.Background;
import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.SampleSource;
import io.convoy.data.image.ImageDecoder;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * JPEG and PNG images in one folder a class: {@code FOLDER/<class>/<name>.jpg|jpeg|png}.
 *
 * <p>Classes are the sub-folders in the order of their names, samples go by class and then by name
 * (code-unit order). Hidden files and folders (a leading dot) and plain files beside the class
 * folders are left out; the source says which.
 *
 * @param folder the folder of the class folders
 * @param channels 1 for grey, 3 for RGB; images of the other kind are converted (see {@link
 *     ImageDecoder#decode})
 * @param height the height of every image in pixels; 0 together with {@code width} for that of the
 *     first image
 * @param width the width of every image in pixels
 * @param classes the names of the classes by label, of which folders may be missing; empty for
 *     those that have a folder
 * @param background what is seen where an image is transparent
 */
public record FolderDataSet(
    String folder, int channels, int height, int width, List<String> classes, Background background)
    implements DataSet {
  private static final long serialVersionUID = 1L;

  /** The most bytes of decoded images that a source keeps; above it, each read decodes anew. */
  static final long CACHE_LIMIT = 1L << 30;

  public FolderDataSet {
    if (channels != 1 && channels != 3) {
      throw ConvoyException.usage("images have 1 channel (grey) or 3 (RGB); got %d", channels);
    }
    boolean given = height >= 1 && width >= 1;
    boolean fromFirstImage = height == 0 && width == 0;
    if (!given && !fromFirstImage) {
      throw ConvoyException.usage(
          "height and width are both at least 1, or both 0 to take them from the first image; got"
              + " %dx%d",
          height, width);
    }
    classes = Collections.unmodifiableList(new ArrayList<>(classes));
  }

  /** A folder whose folders are the classes. */
  public FolderDataSet(String folder, int channels, int height, int width) {
    this(folder, channels, height, width, List.of(), Background.WHITE);
  }

  /** A folder whose first image gives the size. */
  public FolderDataSet(String folder, int channels) {
    this(folder, channels, 0, 0);
  }

  /** One image file and its label. */
  record Sample(String path, String name, int label) {}

  @Override
  public FolderDataSet labelledAs(List<String> names) {
    return new FolderDataSet(folder, channels, height, width, names, background);
  }

  @Override
  public FolderDataSet over(Background other) {
    return new FolderDataSet(folder, channels, height, width, classes, other);
  }

  @Override
  public SampleSource open(FileStore files) {
    return open(files, CACHE_LIMIT);
  }

  SampleSource open(FileStore files, long cacheLimit) {
    FolderListing listing = FolderListing.of(files, folder);
    List<String> names = classes.isEmpty() ? listing.classNames() : classes;
    List<Sample> samples = new ArrayList<>();
    listing.images().forEach((name, images) -> addClass(name, label(names, name), images, samples));
    return new FolderSource(this, files, names, samples, listing.leftOut(), cacheLimit);
  }

  @Override
  public String version(FileStore files) {
    return FolderListing.of(files, folder).version();
  }

  private int label(List<String> names, String name) {
    int label = names.indexOf(name);
    if (label < 0) {
      throw ConvoyException.data(
          "%s/%s: the test set's classes must be the training set's, which are %s: rename the"
              + " folder, or take it away",
          folder, name, FolderSurvey.some(names));
    }
    return label;
  }

  private void addClass(
      String name, int label, List<FileStore.Entry> images, List<Sample> samples) {
    for (FileStore.Entry image : images) {
      if (image.directory()) {
        throw ConvoyException.data(
            "%s: a class folder holds images, not folders: move its images one level up, or take it"
                + " away",
            image.path());
      }
      if (!isImageName(image.name())) {
        throw ConvoyException.data(
            "%s: a class folder holds .jpg, .jpeg and .png files only: convert it, or take it away",
            image.path());
      }
      samples.add(new Sample(image.path(), name + "/" + image.name(), label));
    }
    if (images.isEmpty()) {
      throw ConvoyException.data(
          "%s/%s: the class folder is empty; every class needs an image: fill it, or take it away",
          folder, name);
    }
  }

  private static boolean isImageName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".jpg") || lower.endsWith(".jpeg") || lower.endsWith(".png");
  }
}
