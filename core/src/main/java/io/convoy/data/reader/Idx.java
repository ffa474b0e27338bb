package io.convoy.data.reader;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.util.Optional;

/**
 * MNIST's files, {@code train-images-idx3-ubyte}, {@code t10k-…}, gzip or not: {@link IdxDataSet}.
 */
public record Idx() implements DataFormat {
  /** How much gzip makes of a byte of images: 4.7 on MNIST, the barest of the known sets. */
  private static final long INFLATED = 5;

  @Override
  public DataSet training(FileStore files, String folder, Reading reading) {
    return IdxDataSet.train(files, folder).withClasses(reading.classes());
  }

  @Override
  public Optional<DataSet> test(FileStore files, String folder, Reading reading) {
    return Optional.of(IdxDataSet.test(files, folder).withClasses(reading.classes()));
  }

  @Override
  public boolean takesClasses() {
    return true;
  }

  @Override
  public String contents() {
    return "MNIST's files";
  }

  @Override
  public String expected() {
    return "train-images-idx3-ubyte, train-labels-idx1-ubyte and the t10k- files, gzip or not";
  }

  @Override
  public long memory(FileStore files, String folder, Reading reading, Shape image)
      throws IOException {
    return files.list(folder).stream()
        .filter(file -> !file.directory() && file.name().contains("idx"))
        .mapToLong(file -> file.name().endsWith(".gz") ? INFLATED * file.length() : file.length())
        .sum();
  }
}
