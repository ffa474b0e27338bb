package io.convoy.data;

import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * CIFAR-10 in its binary version (Krizhevsky 2009, www.cs.toronto.edu/~kriz/cifar.html): files of
 * records of 3,073 bytes, a label from 0 to 9 and 32 x 32 pixels in three planes, red, green, blue,
 * each row by row.
 *
 * @param files the paths of the files, in the order of their samples
 * @param imagesPerFile records that each of them holds, at least 1: {@value #PUBLISHED} as
 *     published. A file that was cut between two records would not be noticed otherwise
 */
public record Cifar10DataSet(List<String> files, int imagesPerFile) implements DataSet {
  private static final long serialVersionUID = 1L;

  /** Records of each published file. */
  public static final int PUBLISHED = 10_000;

  /** The names of the classes by label, as {@code batches.meta.txt} has them. */
  public static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  /** The folder in which the published archive has the files. */
  public static final String FOLDER = "cifar-10-batches-bin";

  public Cifar10DataSet {
    files = List.copyOf(files);
    long images = (long) files.size() * imagesPerFile;
    if (images < 1 || images > Integer.MAX_VALUE) {
      throw ConvoyException.usage(
          "a CIFAR-10 set has from 1 to 2^31 - 1 images; got %d files of %d each",
          files.size(), imagesPerFile);
    }
  }

  /**
   * The training set of a folder: {@code data_batch_1.bin} to {@code data_batch_5.bin}, in it or in
   * {@value #FOLDER} below it.
   *
   * @throws ConvoyException when a file is missing; it lists the names that were looked for
   */
  public static Cifar10DataSet train(FileStore files, String folder) {
    return find(
        files,
        folder,
        IntStream.rangeClosed(1, 5).mapToObj(n -> "data_batch_" + n + ".bin").toList());
  }

  /** The test set of such a folder, {@code test_batch.bin}. */
  public static Cifar10DataSet test(FileStore files, String folder) {
    return find(files, folder, List.of("test_batch.bin"));
  }

  private static Cifar10DataSet find(FileStore files, String folder, List<String> names) {
    String first = names.get(0);
    try {
      for (String place : List.of(folder, folder + "/" + FOLDER)) {
        if (files.exists(place + "/" + first)) {
          List<String> paths = names.stream().map(name -> place + "/" + name).toList();
          return new Cifar10DataSet(paths, PUBLISHED);
        }
      }
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          "%s: cannot be read (%s)".formatted(folder, e.getMessage()),
          e);
    }
    throw ConvoyException.data(
        "%s: none of these files is there: %s, %s/%s; convoy fetch cifar10 DIR fetches them",
        folder, first, FOLDER, first);
  }

  @Override
  public SampleSource open(FileStore store) {
    return new Cifar10Source(
        files.stream().map(path -> Cifar10Source.read(store, path, imagesPerFile)).toList(),
        imagesPerFile);
  }
}
