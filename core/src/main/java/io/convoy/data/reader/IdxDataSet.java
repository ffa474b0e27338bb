package io.convoy.data.reader;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.SampleSource;
import io.convoy.data.StoredFile;
import io.convoy.data.folder.FolderSurvey;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Images and labels in two IDX files (MNIST, Fashion-MNIST and their kin), gzip or not: images as
 * {@code [n, height, width]} (grey) or {@code [n, height, width, channels]}, labels as {@code [n]},
 * all unsigned bytes.
 *
 * @param images the path of the images
 * @param labels the path of the labels
 * @param classes the names of the classes by label; empty for the numbers from 0 to the highest
 *     label
 */
public record IdxDataSet(String images, String labels, List<String> classes) implements DataSet {
  private static final long serialVersionUID = 1L;

  public IdxDataSet {
    if (classes.size() > 256) {
      throw ConvoyException.usage(
          "labels in IDX files are bytes, so there are at most 256 classes; got %d names",
          classes.size());
    }
    classes = Collections.unmodifiableList(new ArrayList<>(classes));
  }

  /**
   * The training set of a folder with MNIST's file names: {@code train-images-idx3-ubyte} and
   * {@code train-labels-idx1-ubyte}, either with {@code .gz}, or with a dot before {@code idx}.
   *
   * @throws ConvoyException when a file is missing; it lists the names that were looked for
   */
  public static IdxDataSet train(FileStore files, String folder) {
    return find(files, folder, "train");
  }

  /** The test set of such a folder, {@code t10k-images-idx3-ubyte} and its labels. */
  public static IdxDataSet test(FileStore files, String folder) {
    return find(files, folder, "t10k");
  }

  /** The same files with names for the classes. */
  public IdxDataSet withClasses(List<String> names) {
    return new IdxDataSet(images, labels, names);
  }

  private static IdxDataSet find(FileStore files, String folder, String set) {
    String images = locate(files, folder, set + "-images", "idx3-ubyte", "idx4-ubyte");
    String labels = locate(files, folder, set + "-labels", "idx1-ubyte");
    return new IdxDataSet(images, labels, List.of());
  }

  private static String locate(FileStore files, String folder, String stem, String... types) {
    List<String> candidates = new ArrayList<>();
    for (String type : types) {
      for (String joint : List.of("-", ".")) {
        candidates.add(stem + joint + type);
        candidates.add(stem + joint + type + ".gz");
      }
    }
    for (String name : candidates) {
      String path = folder + "/" + name;
      if (StoredFile.exists(files, path)) {
        return path;
      }
    }
    throw ConvoyException.data(
        "%s: none of these files is there: %s; %s",
        folder, String.join(", ", candidates), FolderSurvey.of(files, folder, candidates));
  }

  @Override
  public String version(FileStore files) {
    return StoredFile.version(files, images) + " " + StoredFile.version(files, labels);
  }

  @Override
  public SampleSource open(FileStore files) {
    IdxFile imageFile = IdxFile.read(files, images, "images", 3, 4);
    IdxFile labelFile = IdxFile.read(files, labels, "labels", 1);
    int count = imageFile.extents()[0];
    if (labelFile.extents()[0] != count) {
      throw ConvoyException.data(
          "%s holds %d images but %s holds %d labels; each image needs one label: fetch both again",
          images, count, labels, labelFile.extents()[0]);
    }
    int highest = 0;
    for (int i = 0; i < count; i++) {
      int label = labelFile.bytes()[labelFile.offset() + i] & 0xFF;
      if (!classes.isEmpty() && label >= classes.size()) {
        throw ConvoyException.data(
            "%s: label %d of sample %d (counted from 0) is out of range: %d classes are named, so"
                + " labels are 0 to %d; name every class",
            labels, label, i, classes.size(), classes.size() - 1);
      }
      highest = Math.max(highest, label);
    }
    return new IdxSource(
        imageFile, labelFile, classes.isEmpty() ? numbers(highest) : classes, labels);
  }

  private static List<String> numbers(int highest) {
    List<String> names = new ArrayList<>();
    for (int label = 0; label <= highest; label++) {
      names.add(Integer.toString(label));
    }
    return names;
  }
}
