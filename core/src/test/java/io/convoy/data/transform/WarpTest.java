package io.convoy.data.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WarpTest {
  private static final List<Integer> FILL = List.of(10, 20, 30);

  /** Against a transposition. */
  @Test
  void rightAnglesMovePixelsWhole() {
    int side = 24;
    Canvas canvas = TestImages.colour(side, side);
    byte[] before = canvas.pixels().clone();
    Warp.rotate(canvas, 90, FILL);
    byte[] turned = new byte[before.length];
    for (int h = 0; h < side; h++) {
      for (int w = 0; w < side; w++) {
        // counter-clockwise: the right column becomes the top row
        System.arraycopy(before, 3 * (w * side + side - 1 - h), turned, 3 * (h * side + w), 3);
      }
    }
    assertArrayEquals(turned, canvas.pixels());
    Warp.rotate(canvas, -90, FILL);
    assertArrayEquals(before, canvas.pixels());
  }

  @Test
  void wholeShiftsMovePixelsWhole() {
    int height = 11;
    int width = 8;
    Canvas canvas = TestImages.colour(height, width);
    byte[] before = canvas.pixels().clone();
    Warp.affine(canvas, 0, 1, 0, 0, 3, -2, FILL);
    for (int h = 0; h < height; h++) {
      for (int w = 0; w < width; w++) {
        boolean inside = w >= 3 && h + 2 < height;
        for (int c = 0; c < 3; c++) {
          int expected = inside ? before[3 * ((h + 2) * width + w - 3) + c] & 0xFF : FILL.get(c);
          assertEquals(expected, canvas.pixels()[3 * (h * width + w) + c] & 0xFF);
        }
      }
    }
  }

  /** Twice as large: the point between four pixels of the result is one of the image's. */
  @Test
  void zoomEnlargesAboutTheCentre() {
    Canvas canvas = TestImages.colour(8, 8);
    byte[] before = canvas.pixels().clone();
    Warp.affine(canvas, 0, 2, 0, 0, 0, 0, FILL);
    // column x of the result lies at (x + 0.5 - 4) / 2 + 4 - 0.5: 3 at 3.25, that is 1/4 of the way
    int across = 3 * (3 * 8 + 3);
    int a = before[across] & 0xFF;
    int b = before[across + 3] & 0xFF;
    int c = before[across + 24] & 0xFF;
    int d = before[across + 27] & 0xFF;
    assertEquals((9 * a + 3 * b + 3 * c + d + 8) / 16, canvas.pixels()[across] & 0xFF);
  }

  /** Against the map forward, composed of its parts, solved in double precision. */
  @Test
  void itIsTheCompositionOfItsParts() {
    int[][] sizes = {{37, 53}, {20, 20}, {5, 31}, {1, 7}};
    double[][] settings = {
      {25, 1.3, 0.2, -0.1, 4.5, -2.25},
      {-170, 0.7, 0, 0.5, 0, 0},
      {0, 1, 0.9, 0, 0, 0},
      {3, 3.1, -0.3, 0.3, -1.5, 7},
    };
    for (int[] size : sizes) {
      for (double[] s : settings) {
        Canvas canvas = TestImages.colour(size[0], size[1]);
        byte[] before = canvas.pixels().clone();
        Warp.affine(canvas, s[0], s[1], s[2], s[3], s[4], s[5], FILL);
        compare(before, canvas, s);
      }
    }
  }

  private static void compare(byte[] before, Canvas canvas, double[] s) {
    int height = canvas.height();
    int width = canvas.width();
    double angle = StrictMath.toRadians(s[0]);
    int borders = 0;
    for (int h = 0; h < height; h++) {
      for (int w = 0; w < width; w++) {
        double x = w + 0.5 - width / 2.0 - s[4];
        double y = h + 0.5 - height / 2.0 - s[5];
        double turnedX = x * StrictMath.cos(angle) - y * StrictMath.sin(angle);
        double turnedY = x * StrictMath.sin(angle) + y * StrictMath.cos(angle);
        double backY = turnedY - s[3] * turnedX;
        double backX = turnedX - s[2] * backY;
        double column = backX / s[1] + width / 2.0 - 0.5;
        double row = backY / s[1] + height / 2.0 - 0.5;
        double distance =
            Math.min(
                Math.min(column + 0.5, width - 0.5 - column),
                Math.min(row + 0.5, height - 0.5 - row));
        if (Math.abs(distance) < 0.01) {
          borders++;
          continue; // rounding decides
        }
        for (int c = 0; c < 3; c++) {
          double expected =
              distance < 0 ? FILL.get(c) : bilinear(before, height, width, row, column, c);
          // weights are cut to 256ths: a slope of 255 within a pixel may cost 1 each way, and 1/2
          assertEquals(expected, canvas.pixels()[3 * (h * width + w) + c] & 0xFF, 2.6);
        }
      }
    }
    assertTrue(borders < height * width / 4 + 1, borders + " on the border");
  }

  private static double bilinear(
      byte[] image, int height, int width, double row, double column, int channel) {
    double sum = 0;
    for (int dy = 0; dy < 2; dy++) {
      for (int dx = 0; dx < 2; dx++) {
        int y = (int) Math.floor(row) + dy;
        int x = (int) Math.floor(column) + dx;
        double weight = (1 - Math.abs(row - y)) * (1 - Math.abs(column - x));
        int inY = Math.max(0, Math.min(height - 1, y));
        int inX = Math.max(0, Math.min(width - 1, x));
        sum += weight * (image[3 * (inY * width + inX) + channel] & 0xFF);
      }
    }
    return sum;
  }
}
