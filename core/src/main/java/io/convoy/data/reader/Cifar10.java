package io.convoy.data.reader;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.util.Optional;

/**
 * CIFAR-10's binary version, {@code data_batch_1.bin} to 5 and {@code test_batch.bin}: {@link
 * Cifar10DataSet}.
 */
public record Cifar10() implements DataFormat {
  @Override
  public DataSet training(FileStore files, String folder, Reading reading) {
    return Cifar10DataSet.train(files, folder);
  }

  @Override
  public Optional<DataSet> test(FileStore files, String folder, Reading reading) {
    return Optional.of(Cifar10DataSet.test(files, folder));
  }

  @Override
  public String contents() {
    return "CIFAR-10";
  }

  @Override
  public String expected() {
    return "data_batch_1.bin to data_batch_5.bin and test_batch.bin";
  }

  /** The files may lie in a folder below, as their archive has them. */
  @Override
  public long memory(FileStore files, String folder, Reading reading, Shape image)
      throws IOException {
    String below = folder + "/" + Cifar10DataSet.FOLDER;
    long here = stored(files, folder);
    return here == 0 && files.exists(below) ? stored(files, below) : here;
  }

  private static long stored(FileStore files, String folder) throws IOException {
    return files.list(folder).stream()
        .filter(file -> !file.directory() && file.name().endsWith(".bin"))
        .mapToLong(FileStore.Entry::length)
        .sum();
  }
}
