package io.convoy.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void runsCoverTheInteriorAndNothingElse() {
    for (int halo = 0; halo < 3; halo++) {
      Tensor tensor = new Arena().tensor(3, Shape.of(5, 7, 10), halo);
      Set<Integer> interior = new HashSet<>();
      for (int n = 0; n < 2; n++) {
        for (int h = 0; h < 5; h++) {
          for (int w = 0; w < 7; w++) {
            for (int c = 0; c < 10; c++) {
              interior.add(tensor.at(n, h, w) + c);
            }
          }
        }
      }
      assertEquals(2 * 5 * 7 * 10, interior.size());
      int covered = 0;
      for (int run = 0; run < tensor.runs(2); run++) {
        for (int i = 0; i < tensor.runLength(2); i++) {
          assertTrue(interior.contains(tensor.runStart(run) + i), "halo " + halo + " run " + run);
          covered++;
        }
      }
      assertEquals(interior.size(), covered);
      assertTrue(tensor.at(0, -halo, -halo) >= 0);
      assertTrue(tensor.at(2, 4 + halo, 6 + halo) + 10 <= tensor.data().length);
    }
  }

  @Test
  void aVectorIsAnImageOfOnePixelWithoutHalo() {
    Tensor tensor = new Arena().tensor(3, Shape.of(13), 2);
    assertEquals(0, tensor.halo());
    assertEquals(13, tensor.imageStride());
    assertEquals(tensor.at(0, 0, 0) + 26, tensor.at(2, 0, 0));
  }

  @Test
  void slicesNeverOverlapAndSitOnALine() {
    Arena arena = new Arena();
    Set<String> taken = new HashSet<>();
    long floats = 0;
    for (int i = 0; i < 500; i++) {
      int length = i % 7 == 0 ? 0 : 1 + 977 * i;
      Arena.Slice slice = arena.take(length);
      assertEquals(12, slice.offset() % 16, "16 bytes into the array's header");
      assertEquals(length, slice.length());
      assertTrue(slice.offset() + length <= slice.data().length);
      assertTrue(taken.add(System.identityHashCode(slice.data()) + ":" + slice.offset()));
      floats += length;
      for (int k = slice.offset(); k < slice.offset() + length; k++) {
        assertEquals(0f, slice.data()[k], "zero, and nobody else's");
        slice.data()[k] = 1f;
      }
    }
    assertTrue(arena.bytes() >= 4 * floats);
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> arena.take(Integer.MAX_VALUE + 1L));
    assertEquals(
        "a buffer of 2147483648 floats is more than one array holds (2^31): use a smaller batch or"
            + " more shards",
        error.getMessage());
  }

  @Test
  void shapesAreValues() {
    int[] extents = {5, 7, 3};
    Shape shape = Shape.of(extents);
    extents[0] = 9;
    shape.toArray()[1] = 9;
    assertEquals(Shape.of(5, 7, 3), shape);
    assertEquals(Shape.of(5, 7, 3).hashCode(), shape.hashCode());
    assertNotEquals(Shape.of(105), shape);
    assertEquals("5x7x3", shape.toString());
    assertEquals(105, shape.elements());
  }

  @Test
  void shapesAreChecked() {
    check("a shape has 1 to 4 extents; got []");
    check("a shape has 1 to 4 extents; got [1, 1, 1, 1, 1]", 1, 1, 1, 1, 1);
    check("every extent of a shape is at least 1; got [5, 0, 3]", 5, 0, 3);
    check("every extent of a shape is at least 1; got [-5]", -5);
    check("a shape holds at most 2^31 elements; got [65536, 65536, 1]", 65536, 65536, 1);
  }

  private static void check(String message, int... extents) {
    ConvoyException error = assertThrows(ConvoyException.class, () -> Shape.of(extents));
    assertEquals(message, error.getMessage());
  }
}
