package io.convoy.data.reader;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.SampleSource;
import io.convoy.data.StoredFile;
import io.convoy.data.folder.FolderSurvey;
import io.convoy.error.ConvoyException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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

  /** Of another set or version, by a file that only it has. */
  private record Other(String file, String name) {}

  private static final List<Other> OTHERS =
      List.of(
          new Other("cifar-100-binary", "CIFAR-100, which Convoy does not read"),
          new Other("fine_label_names.txt", "CIFAR-100, which Convoy does not read"),
          new Other("fine.txt", "CIFAR-100, which Convoy does not read"),
          new Other("cifar-100-python", "CIFAR-100, which Convoy does not read"),
          new Other(
              "cifar-10-batches-py", "CIFAR-10's Python version; Convoy reads the binary one"),
          new Other("data_batch_1", "CIFAR-10's Python version; Convoy reads the binary one"),
          new Other(
              "cifar-10-batches-mat", "CIFAR-10's MATLAB version; Convoy reads the binary one"),
          new Other("data_batch_1.mat", "CIFAR-10's MATLAB version; Convoy reads the binary one"),
          new Other("cifar-10-binary.tar.gz", "CIFAR-10's archive: unpack it"));

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
        IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin").toList());
  }

  /** The test set of such a folder, {@code test_batch.bin}. */
  public static Cifar10DataSet test(FileStore files, String folder) {
    return find(files, folder, List.of("test_batch.bin"));
  }

  private static Cifar10DataSet find(FileStore files, String folder, List<String> names) {
    String first = names.get(0);
    for (String place : List.of(folder, folder + "/" + FOLDER)) {
      if (StoredFile.exists(files, place + "/" + first)) {
        List<String> paths = names.stream().map(name -> place + "/" + name).toList();
        return new Cifar10DataSet(paths, PUBLISHED);
      }
    }
    throw ConvoyException.data(
        "%s: none of these files is there: %s, %s/%s; %s; convoy fetch cifar10 DIR fetches them",
        folder,
        first,
        FOLDER,
        first,
        other(files, folder)
            .orElseGet(() -> FolderSurvey.of(files, folder, List.of(first, FOLDER))));
  }

  private static Optional<String> other(FileStore files, String folder) {
    return OTHERS.stream()
        .filter(other -> StoredFile.exists(files, folder + "/" + other.file()))
        .map(other -> "it holds " + other.name())
        .findFirst();
  }

  @Override
  public String version(FileStore store) {
    return files.stream()
        .map(path -> StoredFile.version(store, path))
        .collect(Collectors.joining(" "));
  }

  @Override
  public SampleSource open(FileStore store) {
    return new Cifar10Source(
        files.stream().map(path -> Cifar10Source.read(store, path, imagesPerFile)).toList(),
        imagesPerFile);
  }
}
