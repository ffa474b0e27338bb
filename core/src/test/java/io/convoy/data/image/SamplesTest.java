package io.convoy.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SamplesTest {
  /** Every colour, opacity and background: the nearest whole number, which is never a tie. */
  @Test
  void whatIsTransparentIsSeenOverTheBackground() {
    byte[] pixels = new byte[256 * 256 * 2];
    for (int i = 0; i < 256 * 256; i++) {
      pixels[2 * i] = (byte) (i / 256);
      pixels[2 * i + 1] = (byte) i;
    }
    Samples samples = Samples.of(new Components(256, 256, 2, pixels));
    for (int behind = 0; behind < 256; behind++) {
      byte[] seen = samples.convert(1, new Background(behind * 0x010101)).pixels();
      for (int i = 0; i < seen.length; i++) {
        double share = (i % 256) / 255.0;
        long expected = StrictMath.round((i / 256) * share + behind * (1 - share));
        assertEquals((byte) expected, seen[i]);
      }
    }
  }

  @Test
  void eachChannelHasItsOwnBackground() {
    byte[] pixels = {100, 100, 100, 0, 100, 100, 100, (byte) 255};
    DecodedImage image =
        Samples.of(new Components(1, 2, 4, pixels)).convert(3, Background.of("#0a14FF"));
    assertArrayEquals(new byte[] {10, 20, (byte) 255, 100, 100, 100}, image.pixels());
    assertTrue(image.transparent());
  }

  /** Over a coloured background, grey is that of the colours that are seen. */
  @Test
  void greyIsMadeOfWhatIsSeen() {
    byte[] pixels = {77, 0};
    byte[] grey =
        Samples.of(new Components(1, 1, 2, pixels)).convert(1, Background.of("#102030")).pixels();
    assertEquals((77 * 0x10 + 150 * 0x20 + 29 * 0x30 + 128) >> 8, grey[0]);
  }

  @Test
  void premultipliedColoursAreAdded() {
    byte[] pixels = {100, 50, 0, (byte) 128, (byte) 200, 0, 0, (byte) 100};
    Samples samples =
        new Samples(new Components(1, 2, 4, pixels), ColourModel.RGB, Samples.Alpha.PREMULTIPLIED);
    // 255 - 128 = 127 of white, then 155; what is brighter than its opacity allows ends at white
    assertArrayEquals(
        new byte[] {(byte) 227, (byte) 177, 127, (byte) 255, (byte) 155, (byte) 155},
        samples.convert(3, Background.WHITE).pixels());
  }

  @Test
  void anOpaqueImageIsNotTransparent() {
    byte[] pixels = {9, (byte) 255};
    DecodedImage image = Samples.of(new Components(1, 1, 2, pixels)).convert(3, Background.BLACK);
    assertFalse(image.transparent());
    assertArrayEquals(new byte[] {9, 9, 9}, image.pixels());
  }
}
