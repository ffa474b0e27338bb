package io.convoy.data.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format and variant, pixel for pixel as Pillow reads it; lossy WebP as nearly. */
class PillowImagesTest {
  private final ImageDecoder decoder = new ImageDecoder();

  static List<PillowImages.Expected> images() {
    return PillowImages.all();
  }

  static List<PillowImages.Expected> exact() {
    return images().stream().filter(image -> !image.lossy()).toList();
  }

  static List<PillowImages.Expected> lossy() {
    return images().stream().filter(PillowImages.Expected::lossy).toList();
  }

  @AfterEach
  void close() {
    decoder.close();
  }

  @ParameterizedTest
  @MethodSource("exact")
  void isReadAsPillowDoes(PillowImages.Expected expected) {
    assertEquals(expected.digest(), digest(read(expected)));
  }

  /** The reader does not interpolate colours, which libwebp does. */
  @ParameterizedTest
  @MethodSource("lossy")
  void isNearlyWhatPillowReads(PillowImages.Expected expected) {
    byte[] pixels = read(expected);
    byte[] pillows = decoder.decode(PillowImages.read(expected + ".png"), "x", 3).pixels();
    assertEquals(expected.digest(), digest(pillows));
    assertEquals(pillows.length, pixels.length);
    int most = 0;
    int sum = 0;
    for (int i = 0; i < pixels.length; i++) {
      int difference = Math.abs((pixels[i] & 0xFF) - (pillows[i] & 0xFF));
      most = Math.max(most, difference);
      sum += difference;
    }
    assertTrue(most <= 24 && sum <= 2.5 * pixels.length, most + " at most, all together " + sum);
  }

  /**
   * By the version that a run names, on every JDK. To write them anew after a change of it: {@code
   * -Dconvoy.write.lossy=FILE}.
   */
  @Test
  void pixelsOfLossyFilesAreFixed() throws IOException {
    StringBuilder lines = new StringBuilder();
    lossy()
        .forEach(
            image -> lines.append(image).append('\t').append(digest(read(image))).append('\n'));
    String file = System.getProperty("convoy.write.lossy");
    if (file != null) {
      Files.writeString(Path.of(file), lines);
    }
    assertEquals(
        new String(PillowImages.read("lossy.tsv"), StandardCharsets.UTF_8), lines.toString());
  }

  private byte[] read(PillowImages.Expected expected) {
    byte[] encoded = expected.bytes();
    assertEquals(
        new ImageDecoder.Size(expected.height(), expected.width()),
        decoder.size(encoded, expected.file()));
    DecodedImage image = decoder.decode(encoded, expected.file(), 3);
    assertEquals(expected.height(), image.height());
    assertEquals(expected.width(), image.width());
    assertEquals(expected.transparent(), image.transparent());
    return image.pixels();
  }

  private static String digest(byte[] pixels) {
    return HexFormat.of().formatHex(Sha256.digest().digest(pixels));
  }

  @Test
  void eachFormatHasItsFiles() {
    Map<String, Long> byFormat =
        images().stream()
            .collect(
                Collectors.groupingBy(
                    expected -> ImageFormat.of(expected.bytes()).orElseThrow().title(),
                    Collectors.counting()));
    assertEquals(Map.of("PNG", 41L, "BMP", 15L, "GIF", 14L, "TIFF", 49L, "WebP", 23L), byFormat);
  }

  /** No name has a part in it, and one decoder reads all formats in turn. */
  @Test
  void aDecoderReadsAllFormatsInTurn() {
    for (int round = 0; round < 2; round++) {
      for (PillowImages.Expected expected : images()) {
        byte[] grey = decoder.decode(expected.bytes(), "x.jpg", 1).pixels();
        assertEquals(expected.height() * expected.width(), grey.length);
      }
    }
    assertTrue(images().size() > 100);
  }
}
