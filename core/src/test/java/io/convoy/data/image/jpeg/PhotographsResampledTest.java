package io.convoy.data.image.jpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.data.RealData;
import io.convoy.data.raster.Crop;
import io.convoy.data.raster.PlaneBytes;
import io.convoy.data.raster.Planes;
import io.convoy.data.raster.Resampler;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.provider.KernelProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Photographs, decoded and resized as Pillow does it: the hashes of {@code pixels/pixels.tsv}. */
class PhotographsResampledTest {
  private static final int SHORTER_SIDE = 256;
  private static final int CENTRE = 224;
  private static final int STRETCHED = 32;

  private final JpegDecoder decoder = new JpegDecoder(KernelProvider.kernels().jpeg());
  private final Planes photograph = new Planes();
  private final Resampler resampler = new Resampler();
  private final Planes resized = new Planes();

  /** A row of the table: hashes are of interleaved bytes, without EXIF orientation. */
  private record Row(
      String file, int channels, int width, int height, String centre, String stretch) {
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
                  cells[10],
                  cells[11]))
          : Optional.empty();
    }
  }

  @Test
  @Tag("data")
  @Tag("golden")
  void everyDecodedPhotographIsResizedAsPillowDoes() throws IOException {
    Path data = RealData.folder("pixels").getParent();
    List<Row> rows;
    try (var lines = Files.lines(data.resolve("pixels/pixels.tsv"))) {
      rows = lines.skip(1).map(Row::of).flatMap(Optional::stream).toList();
    }
    int compared = 0;
    for (Row row : rows) {
      byte[] encoded = Files.readAllBytes(data.resolve(row.file));
      try {
        decoder.open(encoded, row.file);
        decoder.decode(Scale.FULL, Crop.whole(row.height, row.width), photograph);
      } catch (ConvoyException e) {
        continue; // JpegPixelsTest says which ones may be refused
      }
      compare(row);
      compared++;
    }
    assertEquals(709, compared);
  }

  private void compare(Row row) {
    assertEquals(row.channels, photograph.count(), row.file);
    Crop whole = Crop.whole(row.height, row.width);
    int shorter = Math.min(row.height, row.width);
    int height = (int) ((long) SHORTER_SIDE * row.height / shorter);
    int width = (int) ((long) SHORTER_SIDE * row.width / shorter);
    Crop middle = new Crop((height - CENTRE) / 2, (width - CENTRE) / 2, CENTRE, CENTRE);
    resampler.resample(photograph, whole, height, width, middle, resized);
    assertEquals(row.centre, PlaneBytes.hash(resized), row.file);
    resampler.resample(photograph, whole, STRETCHED, STRETCHED, resized);
    assertEquals(row.stretch, PlaneBytes.hash(resized), row.file);
  }
}
