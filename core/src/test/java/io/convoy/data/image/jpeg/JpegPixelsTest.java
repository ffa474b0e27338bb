package io.convoy.data.image.jpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.RealData;
import io.convoy.data.raster.Crop;
import io.convoy.data.raster.PlaneBytes;
import io.convoy.data.raster.Planes;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.JpegKernels;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.kernel.scalar.ScalarKernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pixels of 723 files, hash for hash those of libjpeg-turbo 2.1.5, at four scales: photographs,
 * files that break readers, and every variant that cjpeg writes. The table {@code pixels.tsv}
 * beside them says how its hashes were made.
 */
@Tag("data")
@Tag("golden")
class JpegPixelsTest {
  private static final int FULL = 6;

  /** Files that one of the two refuses, and the first words of why we do so; empty for read. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          // libjpeg-turbo warns, and makes up the rest of the image
          Map.entry("pillow/hopper_bad_exif.jpg", "its data hold a run of zeros that leaves"),
          Map.entry("variants/101x67-arithmetic.jpg", "it has arithmetic coding"),
          Map.entry("variants/16x16-arithmetic.jpg", "it has arithmetic coding"),
          Map.entry("variants/1x1-arithmetic.jpg", "it has arithmetic coding"),
          Map.entry("variants/33x9-arithmetic.jpg", "it has arithmetic coding"),
          Map.entry("variants/7x130-arithmetic.jpg", "it has arithmetic coding"),
          // Pillow stumbles over the text of its EXIF; all pixels are there
          Map.entry("pillow/truncated_exif_dpi.jpg", ""),
          // refused by both
          Map.entry("pillow/truncated_jpeg.jpg", "it ends after 6698 bytes"),
          Map.entry("pillow/ultrahdr.jpg", "its data end before the image is complete"),
          Map.entry("variants/app1-length-too-long.jpg", "it ends after 2036 bytes, within"),
          Map.entry("variants/cut-60-percent.jpg", "its data end before the image is complete"),
          Map.entry("variants/cut-in-header.jpg", "it ends after 200 bytes, within segment"),
          Map.entry("variants/no-eoi.jpg", "it ends after 2030 bytes, before its end-of-image"));

  static Stream<JpegKernels> providers() {
    JpegKernels chosen = KernelProvider.kernels().jpeg();
    JpegKernels scalar = new ScalarKernels().jpeg();
    return chosen.getClass() == scalar.getClass() ? Stream.of(scalar) : Stream.of(scalar, chosen);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void pixelsAreThoseOfLibjpegTurbo(JpegKernels kernels) throws IOException {
    Path data = RealData.folder("pixels").getParent();
    JpegDecoder decoder = new JpegDecoder(kernels);
    Planes pixels = new Planes();
    List<String> different = new ArrayList<>();
    Map<String, String> refused = new TreeMap<>();
    int compared = 0;
    for (String line : Files.readAllLines(data.resolve("pixels/pixels.tsv"))) {
      String[] row = line.split("\t");
      if (row[0].equals("file")) {
        continue;
      }
      byte[] encoded = Files.readAllBytes(data.resolve(row[0]));
      String name = row[0].substring(row[0].indexOf('/') + 1);
      for (Scale scale : Scale.values()) {
        String hash;
        try {
          decoder.open(encoded, "x");
          decoder.decode(
              scale, Crop.whole(scale.of(decoder.height()), scale.of(decoder.width())), pixels);
          hash = hash(pixels, decoder.colours());
        } catch (ConvoyException e) {
          refused.put(name, e.getMessage());
          continue;
        }
        String expected = expected(row, scale);
        if (row[1].equals("refused")) {
          refused.put(name, "");
        } else if (!expected.equals("-")) {
          compared++;
          if (!expected.equals(hash)) {
            different.add(name + " " + scale);
          }
        }
      }
    }
    assertEquals(List.of(), different);
    assertEquals(REFUSED.keySet(), refused.keySet());
    refused.forEach(
        (name, message) -> assertTrue(message.contains(REFUSED.get(name)), name + ": " + message));
    assertEquals(710 + 3 * 706, compared);
  }

  private static String expected(String[] row, Scale scale) {
    int column = FULL + scale.ordinal();
    return column < row.length ? row[column] : "-";
  }

  /** Of interleaved pixels; of inverted ink, which Pillow turns over, the inverse. */
  private static String hash(Planes pixels, JpegColours colours) {
    byte[] interleaved = PlaneBytes.interleaved(pixels);
    if (colours == JpegColours.INVERTED_CMYK || colours == JpegColours.INVERTED_YCCK) {
      for (int i = 0; i < interleaved.length; i++) {
        interleaved[i] = (byte) ~interleaved[i];
      }
    }
    return PlaneBytes.hash(interleaved);
  }
}
