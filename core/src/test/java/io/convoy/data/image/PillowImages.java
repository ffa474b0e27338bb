package io.convoy.data.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The files that {@code images/make.py} makes, and what Pillow reads in them. */
final class PillowImages {
  /**
   * A row of {@code expected.tsv}.
   *
   * @param digest SHA-256 of the RGB bytes over white
   */
  record Expected(String file, int height, int width, String digest, boolean transparent) {
    byte[] bytes() {
      return read(file);
    }

    /** Whether decoders differ in it: then a PNG beside it has the pixels. */
    boolean lossy() {
      return file.startsWith("lossy");
    }

    @Override
    public String toString() {
      return file;
    }
  }

  private PillowImages() {}

  static List<Expected> all() {
    return new String(read("expected.tsv"), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split("\t"))
        .map(
            cells ->
                new Expected(
                    cells[0],
                    Integer.parseInt(cells[1]),
                    Integer.parseInt(cells[2]),
                    cells[3],
                    Boolean.parseBoolean(cells[4])))
        .toList();
  }

  static byte[] read(String file) {
    try (InputStream in = PillowImages.class.getResourceAsStream("/images/" + file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
