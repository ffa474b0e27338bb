package io.convoy.data.reader;

import io.convoy.data.FileStore;
import io.convoy.data.Fingerprint;
import io.convoy.data.IndexedSource;
import io.convoy.data.StoredFile;
import io.convoy.data.image.FileKind;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.error.ConvoyException;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** An open {@link Cifar10DataSet}: all of its bytes in memory, as they are stored. */
final class Cifar10Source implements IndexedSource {
  private static final Shape SHAPE = Shape.of(32, 32, 3);
  private static final int PLANE = 32 * 32;

  /** A label and three planes. */
  static final int RECORD = 1 + 3 * PLANE;

  /** CIFAR-100 has two labels before the planes. */
  private static final int HUNDRED_RECORD = RECORD + 1;

  private final List<byte[]> files;
  private final int imagesPerFile;
  private String fingerprint;

  /**
   * @param files as {@link #read} gives them
   * @param imagesPerFile records in each
   */
  Cifar10Source(List<byte[]> files, int imagesPerFile) {
    this.files = List.copyOf(files);
    this.imagesPerFile = imagesPerFile;
  }

  /** Reads and checks a file; its length is checked before memory is taken for it. */
  static byte[] read(FileStore store, String path, int images) {
    long needed = (long) images * RECORD;
    long length = StoredFile.length(store, path);
    if (length != needed) {
      throw ConvoyException.data(
          "%s: %d records of %d bytes need %d bytes; the file has %d: it is %s",
          path,
          images,
          RECORD,
          needed,
          length,
          kind(store, path, length)
              .orElse((length < needed ? "truncated" : "damaged") + "; fetch it again"));
    }
    byte[] bytes = StoredFile.read(store, path);
    for (int image = 0; image < images; image++) {
      int label = bytes[image * RECORD] & 0xFF;
      if (label >= Cifar10DataSet.CLASSES.size()) {
        throw ConvoyException.data(
            "%s: labels are 0 to %d; record %d (counted from 0) has %d: it is damaged, or no file"
                + " of CIFAR-10's binary version",
            path, Cifar10DataSet.CLASSES.size() - 1, image, label);
      }
    }
    return bytes;
  }

  private static Optional<String> kind(FileStore store, String path, long length) {
    Optional<String> known = FileKind.of(StoredFile.start(store, path, FileKind.BYTES));
    if (known.isEmpty() && length > 0 && length % HUNDRED_RECORD == 0) {
      return Optional.of(
          "as long as %s records of CIFAR-100, which Convoy does not read"
              .formatted(length / HUNDRED_RECORD));
    }
    return known;
  }

  @Override
  public int size() {
    return files.size() * imagesPerFile;
  }

  @Override
  public Optional<Shape> commonShape() {
    return Optional.of(SHAPE);
  }

  @Override
  public boolean isDecoded(int index) {
    return true;
  }

  @Override
  public List<String> classes() {
    return Cifar10DataSet.CLASSES;
  }

  @Override
  public Target target(int index) {
    Objects.checkIndex(index, size());
    return new ClassLabel(files.get(index / imagesPerFile)[record(index)]);
  }

  @Override
  public void read(int index, Framing framing, Pixels into) {
    Objects.checkIndex(index, size());
    byte[] pixels = into.room(SHAPE);
    byte[] file = files.get(index / imagesPerFile);
    int red = record(index) + 1;
    for (int pixel = 0, to = 0; pixel < PLANE; pixel++, to += 3) {
      pixels[to] = file[red + pixel];
      pixels[to + 1] = file[red + PLANE + pixel];
      pixels[to + 2] = file[red + 2 * PLANE + pixel];
    }
    into.frame(framing);
  }

  private int record(int index) {
    return index % imagesPerFile * RECORD;
  }

  @Override
  public synchronized String fingerprint() {
    if (fingerprint == null) {
      Fingerprint digest = new Fingerprint().addFrame(this, SHAPE);
      files.forEach(file -> digest.add(file, 0, file.length));
      fingerprint = digest.hex();
    }
    return fingerprint;
  }

  @Override
  public void close() {
    // memory only
  }
}
