package io.convoy.data.reader;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.SampleSource;
import io.convoy.data.StoredFile;
import io.convoy.data.image.ImageDecoder;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * JPEG and PNG images in one folder a class: {@code FOLDER/<class>/<name>.jpg|jpeg|png}.
 *
 * <p>Classes are the sub-folders in the order of their names, samples go by class and then by name
 * (code-unit order). Hidden files and folders (a leading dot) and plain files beside the class
 * folders are passed over.
 *
 * @param folder the folder of the class folders
 * @param channels 1 for grey, 3 for RGB; images of the other kind are converted (see {@link
 *     ImageDecoder#decode})
 * @param height the height of every image in pixels; 0 together with {@code width} for that of the
 *     first image
 * @param width the width of every image in pixels
 */
public record FolderDataSet(String folder, int channels, int height, int width) implements DataSet {
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
  }

  /** A folder whose first image gives the size. */
  public FolderDataSet(String folder, int channels) {
    this(folder, channels, 0, 0);
  }

  /** One image file and its label. */
  record Sample(String path, String name, int label) {}

  @Override
  public SampleSource open(FileStore files) {
    return open(files, CACHE_LIMIT);
  }

  SampleSource open(FileStore files, long cacheLimit) {
    List<String> classes = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    for (FileStore.Entry entry : StoredFile.list(files, folder)) {
      if (entry.directory()) {
        addClass(files, entry, classes.size(), samples);
        classes.add(entry.name());
      }
    }
    if (classes.isEmpty()) {
      throw ConvoyException.data(
          "%s: images lie in one folder a class, but there is no folder in it: expected"
              + " %s/<class>/<name>.jpg, .jpeg or .png",
          folder, folder);
    }
    return new FolderSource(this, files, classes, samples, cacheLimit);
  }

  private static void addClass(
      FileStore files, FileStore.Entry folder, int label, List<Sample> samples) {
    int before = samples.size();
    for (FileStore.Entry image : StoredFile.list(files, folder.path())) {
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
      samples.add(new Sample(image.path(), folder.name() + "/" + image.name(), label));
    }
    if (samples.size() == before) {
      throw ConvoyException.data(
          "%s: the class folder is empty; every class needs an image: fill it, or take it away",
          folder.path());
    }
  }

  private static boolean isImageName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".jpg") || lower.endsWith(".jpeg") || lower.endsWith(".png");
  }
}
