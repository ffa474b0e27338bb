package io.convoy.data.raster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.kernel.scalar.ScalarKernels;
import io.convoy.reference.Numbers;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResamplerTest {
  private static final int CASES = 150;

  static Stream<Kernels> providers() {
    return Stream.of(new ScalarKernels(), KernelProvider.kernels());
  }

  private static Planes image(int seed, int height, int width, int count) {
    Planes planes = new Planes();
    byte[] samples = planes.room(height, width, count);
    for (int i = 0; i < height * width * count; i++) {
      samples[i] = (byte) Numbers.bits(seed, i);
    }
    return planes;
  }

  private static byte[] resampled(
      Resampler resampler, Planes from, Crop crop, int height, int width) {
    Planes to = new Planes();
    resampler.resample(from, crop, height, width, to);
    assertEquals(height, to.height());
    assertEquals(width, to.width());
    assertEquals(from.count(), to.count());
    return Arrays.copyOf(to.samples(), height * width * from.count());
  }

  /** From 1 to the limit, small numbers as often as great ones. */
  private static int size(int number, int index, int limit) {
    long bits = Numbers.bits(number, index) >>> 1;
    return (int) (1 + bits % (1 + (bits >>> 40) % limit));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void anySizeAndCropIsAsTheReferenceSays(Kernels kernels) {
    Resampler resampler = new Resampler(kernels);
    for (int i = 0; i < CASES; i++) {
      int height = size(i, 0, 90);
      int width = size(i, 1, 90);
      Planes from = image(i, height, width, 1 + i % 4);
      int top = size(i, 2, height) - 1;
      int left = size(i, 3, width) - 1;
      Crop crop = new Crop(top, left, size(i, 4, height - top), size(i, 5, width - left));
      int newHeight = size(i, 6, 120);
      int newWidth = size(i, 7, 120);
      String what = "%s of %sx%s to %sx%s".formatted(crop, height, width, newHeight, newWidth);
      assertArrayEquals(
          ResampledReference.of(from, crop, newHeight, newWidth),
          resampled(resampler, from, crop, newHeight, newWidth),
          what);
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void cropsAtBordersAndOfOnePixelTakeNothingFromOutside(Kernels kernels) {
    Resampler resampler = new Resampler(kernels);
    Planes from = image(7, 61, 83, 3);
    for (Crop crop :
        new Crop[] {
          Crop.whole(61, 83),
          new Crop(0, 0, 40, 40),
          new Crop(21, 43, 40, 40),
          new Crop(60, 0, 1, 83),
          new Crop(0, 82, 61, 1),
          new Crop(60, 82, 1, 1)
        }) {
      for (int[] size : new int[][] {{32, 32}, {40, 40}, {1, 1}, {97, 33}, {40, 7}, {7, 40}}) {
        assertArrayEquals(
            ResampledReference.of(from, crop, size[0], size[1]),
            resampled(resampler, from, crop, size[0], size[1]),
            crop + " to " + Arrays.toString(size));
      }
    }
  }

  @Test
  void aCropOfTheSizeIsCopied() {
    Planes from = image(3, 9, 11, 3);
    byte[] copy = resampled(new Resampler(), from, new Crop(2, 3, 4, 5), 4, 5);
    for (int plane = 0; plane < 3; plane++) {
      for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 5; column++) {
          assertEquals(
              from.samples()[plane * 99 + (2 + row) * 11 + 3 + column],
              copy[plane * 20 + row * 5 + column]);
        }
      }
    }
  }

  /** Pillow, by hand: a line of 0, 100, 200, 255 to two pixels, weights 3, 3, 1 and 1, 3, 3. */
  @Test
  void halvesARowByHand() {
    Planes from = new Planes();
    byte[] row = {0, 100, (byte) 200, (byte) 255};
    System.arraycopy(row, 0, from.room(1, 4, 1), 0, 4);
    byte[] halved = resampled(new Resampler(), from, Crop.whole(1, 4), 1, 2);
    // (0 * 3 + 100 * 3 + 200 * 1) / 7 = 71.4; (100 * 1 + 200 * 3 + 255 * 3) / 7 = 209.3
    assertArrayEquals(new byte[] {71, (byte) 209}, halved);
  }

  @Test
  void takesNoMemoryWhenSizesRepeatOrShrink() {
    Resampler resampler = new Resampler(new ScalarKernels());
    Planes from = image(1, 120, 160, 3);
    Planes to = new Planes();
    Crop whole = Crop.whole(120, 160);
    Crop part = new Crop(5, 6, 70, 80);
    resampler.resample(from, whole, 64, 64, to);
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10; i++) {
      resampler.resample(from, whole, 64, 64, to);
      resampler.resample(from, part, 64, 64, to);
      resampler.resample(from, part, 32, 48, to);
    }
    long taken = memory.getCurrentThreadAllocatedBytes() - before;
    // thirty windows; a row of taps each time would be more
    assertTrue(taken < 3000, taken + " bytes");
  }

  @Test
  void wrongArgumentsAreNamed() {
    Resampler resampler = new Resampler();
    Planes from = image(1, 10, 20, 3);
    Planes to = new Planes();
    assertEquals(
        "an image is resized to a row and a column at least; got 0x5 (height x width)",
        refusal(() -> resampler.resample(from, Crop.whole(10, 20), 0, 5, to)));
    assertEquals(
        "an image is resized to a row and a column at least; got 5x-1 (height x width)",
        refusal(() -> resampler.resample(from, Crop.whole(10, 20), 5, -1, to)));
    assertEquals(
        "a crop lies in its image; got Crop[top=1, left=0, height=10, width=20] of 10x20"
            + " (height x width)",
        refusal(() -> resampler.resample(from, new Crop(1, 0, 10, 20), 5, 5, to)));
    assertEquals(
        "a crop lies in its image; got Crop[top=0, left=2147483647, height=10, width=20] of 10x20"
            + " (height x width)",
        refusal(() -> resampler.resample(from, new Crop(0, Integer.MAX_VALUE, 10, 20), 5, 5, to)));
    assertEquals(
        "an image is not resized in its own memory",
        refusal(() -> resampler.resample(from, Crop.whole(10, 20), 5, 5, from)));
  }

  private static String refusal(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }
}
