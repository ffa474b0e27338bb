package io.convoy.data.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.digest.Sha256;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format and variant, pixel for pixel as Pillow reads it. */
class PillowImagesTest {
  static List<PillowImages.Expected> images() {
    return PillowImages.all();
  }

  @ParameterizedTest
  @MethodSource("images")
  void isReadAsPillowDoes(PillowImages.Expected expected) {
    try (ImageDecoder decoder = new ImageDecoder()) {
      byte[] encoded = expected.bytes();
      assertEquals(
          new ImageDecoder.Size(expected.height(), expected.width()),
          decoder.size(encoded, expected.file()));
      DecodedImage image = decoder.decode(encoded, expected.file(), 3);
      assertEquals(expected.height(), image.height());
      assertEquals(expected.width(), image.width());
      assertEquals(
          expected.digest(), HexFormat.of().formatHex(Sha256.digest().digest(image.pixels())));
      assertEquals(expected.transparent(), image.transparent());
    }
  }

  @Test
  void eachFormatHasItsFiles() {
    Map<String, Long> byFormat =
        images().stream()
            .collect(
                Collectors.groupingBy(
                    expected -> ImageFormat.of(expected.bytes()).orElseThrow().title(),
                    Collectors.counting()));
    assertEquals(Map.of("PNG", 41L, "BMP", 14L, "GIF", 12L, "TIFF", 46L, "WebP", 25L), byFormat);
  }

  /** No name has a part in it, and one decoder reads all formats in turn. */
  @Test
  void aDecoderReadsAllFormatsInTurn() {
    try (ImageDecoder decoder = new ImageDecoder()) {
      for (int round = 0; round < 2; round++) {
        for (PillowImages.Expected expected : images()) {
          byte[] grey = decoder.decode(expected.bytes(), "x.jpg", 1).pixels();
          assertEquals(expected.height() * expected.width(), grey.length);
        }
      }
    }
    assertTrue(images().size() > 100);
  }
}
