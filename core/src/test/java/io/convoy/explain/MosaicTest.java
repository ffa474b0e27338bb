package io.convoy.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MosaicTest {
  private static RgbImage picture(int number, int height, int width) {
    byte[] rgb = new byte[height * width * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (7 * i + 31 * number);
    }
    return new RgbImage(height, width, rgb);
  }

  /** Five of 2 x 3 pixels, enlarged twice, in two rows: every pixel from where it should be. */
  @Test
  void picturesStandBesideEachOther() {
    List<RgbImage> pictures = IntStream.range(0, 5).mapToObj(n -> picture(n, 2, 3)).toList();
    RgbImage all = Mosaic.of(pictures, 4, 3);
    assertEquals(2 * 4 + 2, all.height());
    assertEquals(3 * 6 + 2 * 2, all.width(), "three beside each other: the rows are even");
    for (int row = 0; row < all.height(); row++) {
      for (int column = 0; column < all.width(); column++) {
        int at = 3 * (row * all.width() + column);
        byte[] wanted = {-1, -1, -1};
        int number = row / 6 * 3 + column / 8;
        if (row % 6 < 4 && column % 8 < 6 && number < 5) {
          int from = 3 * (row % 6 / 2 * 3 + column % 8 / 2);
          wanted = Arrays.copyOfRange(pictures.get(number).rgb(), from, from + 3);
        }
        assertArrayEquals(wanted, Arrays.copyOfRange(all.rgb(), at, at + 3), row + ", " + column);
      }
    }
  }

  @Test
  void oneThatIsLargeEnoughStaysAsItIs() {
    RgbImage one = picture(3, 5, 4);
    RgbImage all = Mosaic.of(List.of(one), 8, 4);
    assertEquals(5, all.height());
    assertArrayEquals(one.rgb(), all.rgb());
  }

  @Test
  void picturesOfTwoSizesAreNone() {
    List<RgbImage> pictures = List.of(picture(0, 2, 3), picture(1, 3, 2));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Mosaic.of(pictures, 2, 1)).getMessage();
    assertTrue(message.contains("2x3, and picture 1 has 3x2"), message);
  }
}
