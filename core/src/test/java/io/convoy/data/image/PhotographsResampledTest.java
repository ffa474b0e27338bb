package io.convoy.data.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.RealData;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Photographs, resized as Pillow does it: the hashes of {@code pixels/pixels.tsv}, wherever the
 * decoder gives the pixels that Pillow started from.
 */
class PhotographsResampledTest {
  private static final int SHORTER_SIDE = 256;
  private static final int CENTRE = 224;
  private static final int STRETCHED = 32;
  private static final int LEAST_COMPARED = 500;

  private final Resampler resampler = new Resampler();
  private final Planes resized = new Planes();

  /** A row of the table: hashes are of interleaved bytes, without EXIF orientation. */
  private record Row(
      String file,
      int channels,
      int width,
      int height,
      String full,
      String centre,
      String stretch) {
    static Optional<Row> of(String line) {
      String[] cells = line.split("\t", -1);
      boolean served = cells[1].equals("RGB") || cells[1].equals("L");
      return served
          ? Optional.of(
              new Row(
                  cells[0],
                  cells[1].equals("L") ? 1 : 3,
                  Integer.parseInt(cells[2]),
                  Integer.parseInt(cells[3]),
                  cells[6],
                  cells[10],
                  cells[11]))
          : Optional.empty();
    }
  }

  @Test
  @Tag("data")
  void everyDecodedPhotographIsResizedAsPillowDoes() throws IOException {
    Path data = RealData.folder("pixels").getParent();
    List<Row> rows;
    try (var lines = Files.lines(data.resolve("pixels/pixels.tsv"))) {
      rows = lines.skip(1).map(Row::of).flatMap(Optional::stream).toList();
    }
    int compared = 0;
    for (Row row : rows) {
      Optional<byte[]> decoded = decode(data.resolve(row.file), row);
      if (decoded.isPresent() && PlaneBytes.hash(decoded.get()).equals(row.full)) {
        compare(row, PlaneBytes.of(row.height, row.width, row.channels, decoded.get()));
        compared++;
      }
    }
    assertTrue(compared >= LEAST_COMPARED, compared + " of " + rows.size() + " files compared");
  }

  /** Interleaved pixels; nothing where the decoder refuses the file. */
  private static Optional<byte[]> decode(Path file, Row row) throws IOException {
    try (ImageDecoder decoder = new ImageDecoder()) {
      return Optional.of(decoder.decode(Files.readAllBytes(file), row.file, row.channels).pixels());
    } catch (ConvoyException e) {
      return Optional.empty();
    }
  }

  private void compare(Row row, Planes photograph) {
    Crop whole = Crop.whole(row.height, row.width);
    int shorter = Math.min(row.height, row.width);
    int height = (int) ((long) SHORTER_SIDE * row.height / shorter);
    int width = (int) ((long) SHORTER_SIDE * row.width / shorter);
    resampler.resample(photograph, whole, height, width, resized);
    Planes centre = new Planes();
    Crop middle = new Crop((height - CENTRE) / 2, (width - CENTRE) / 2, CENTRE, CENTRE);
    resampler.resample(resized, middle, CENTRE, CENTRE, centre);
    assertEquals(row.centre, PlaneBytes.hash(centre), row.file);
    resampler.resample(photograph, whole, STRETCHED, STRETCHED, resized);
    assertEquals(row.stretch, PlaneBytes.hash(resized), row.file);
  }
}
