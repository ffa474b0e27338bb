package io.convoy.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionTest {
  @Test
  void tensorsLieWhereTheyWerePlanned() {
    Shape shape = Shape.of(2, 3, 4);
    Region region = new Arena().region(2000, 1024);
    Tensor first = region.tensor(0, 1, shape, 0);
    Tensor second = region.tensor(512, 1, shape, 0);
    Tensor third = region.tensor(1024 + 64, 1, shape, 0);
    assertSame(first.data(), second.data());
    assertEquals(512, second.at(0, 0, 0) - first.at(0, 0, 0));
    assertNotSame(first.data(), third.data());
    assertEquals(64, third.at(0, 0, 0) - first.at(0, 0, 0));
    assertEquals(0, (first.at(0, 0, 0) + 4) % 16, "12 floats into a line, as in an arena");
  }

  @Test
  void allSlabsAreCounted() {
    Arena planning = Arena.planning();
    Arena arena = new Arena();
    int slab = 1 << 23; // more than half of a region of the largest heaps
    planning.region(slab + 1000, slab);
    arena.region(slab + 1000, slab);
    assertEquals(arena.bytes(), planning.bytes());
    assertEquals(4L * (slab + 28 + LargeArrays.length(1000 + 28)), arena.bytes());
  }

  @Test
  void theLengthOfATensor() {
    assertEquals(lines(2 * 4 * 5 * 4 + 15 * 4 + 64), Arena.tensorLength(2, Shape.of(2, 3, 4), 1));
    assertEquals(lines(3 * 13 + 15 * 13 + 64), Arena.tensorLength(3, Shape.of(13), 1));
    ConvoyException error =
        assertThrows(
            ConvoyException.class, () -> Arena.tensorLength(1 << 20, Shape.of(64, 64, 64), 0));
    assertEquals(
        "a buffer of 274877907968 floats is more than one array holds (2^31): use a smaller batch"
            + " or more shards",
        error.getMessage());
  }

  /** What lies in the middle, and the images beside, stay. */
  @ParameterizedTest
  @CsvSource({"1,1,1,1", "3,2,5,1", "2,3,1,3", "1,4,2,2", "5,1,3,2", "2,2,2,0"})
  void onlyTheHaloIsCleared(int height, int width, int channels, int halo) {
    Tensor tensor = new Arena().tensor(3, Shape.of(height, width, channels), halo);
    Arrays.fill(tensor.data(), 1f);
    float[] expected = tensor.data().clone();
    for (int h = -halo; h < height + halo; h++) {
      for (int w = -halo; w < width + halo; w++) {
        boolean inside = h >= 0 && h < height && w >= 0 && w < width;
        int at = tensor.at(1, h, w);
        Arrays.fill(expected, at, at + channels, inside ? 1f : 0f);
      }
    }
    tensor.clearHalo(1);
    assertArrayEquals(expected, tensor.data());
  }

  private static int lines(int floats) {
    return (floats + 15) / 16 * 16;
  }
}
