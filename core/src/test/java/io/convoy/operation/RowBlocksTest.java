package io.convoy.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowBlocksTest {
  /** Each float of the first samples once, none of the halo, none of later samples. */
  @ParameterizedTest
  @CsvSource({
    "1,1,1,1,0",
    "5,7,9,3,0",
    "5,7,9,3,2",
    "1,224,224,3,1",
    "1,224,224,3,0",
    "3,2,50,500,0",
    "2,1,1,40000,0",
    "300,1,1,10,0",
    "2,3,100,200,1"
  })
  void everyFloatOnce(int samples, int height, int width, int channels, int halo) {
    Shape shape = Shape.of(height, width, channels);
    Tensor tensor = new Arena().tensor(samples + 1, shape, halo);
    for (int threads : new int[] {1, 3}) {
      AtomicIntegerArray visits = new AtomicIntegerArray(tensor.data().length);
      try (WorkPool pool = new WorkPool(threads)) {
        RowBlocks.elementwise(
                pool,
                (n, h, length, thread) -> {
                  assertTrue(thread >= 0 && thread < threads);
                  int start = tensor.at(n, h, 0);
                  for (int i = start; i < start + length; i++) {
                    visits.incrementAndGet(i);
                  }
                },
                tensor)
            .run(samples);
      }
      int all = 0;
      for (int i = 0; i < visits.length(); i++) {
        all += visits.get(i);
      }
      assertEquals(samples * shape.elements(), all);
      for (int n = 0; n < samples; n++) {
        for (int h = 0; h < height; h++) {
          for (int i = 0; i < width * channels; i++) {
            assertEquals(1, visits.get(tensor.at(n, h, 0) + i));
          }
        }
      }
    }
  }

  /** A row of a network's first layers is long enough for a block; so is all of its last ones. */
  @Test
  void oneImageIsSharedOutAndSmallWorkIsNot() {
    assertEquals(1, blocks(4, Shape.of(7, 7, 20), false));
    assertEquals(1, blocks(128, Shape.of(100), false));
    assertEquals(56, blocks(1, Shape.of(56, 56, 256), false));
    assertEquals(5, blocks(4, Shape.of(28, 28, 24), false));
    assertEquals(9, blocks(3, Shape.of(3, 2, 10), true), "row by row");
  }

  /** Calls of the work: one a block where rows are joined, else one a row. */
  private static int blocks(int samples, Shape shape, boolean rowByRow) {
    AtomicInteger calls = new AtomicInteger();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    RowBlocks.Work work =
        (n, h, length, thread) -> {
          calls.incrementAndGet();
          threads.add(Thread.currentThread());
        };
    try (WorkPool pool = new WorkPool(2)) {
      RowBlocks blocks =
          rowByRow
              ? RowBlocks.rowByRow(pool, shape, work)
              : RowBlocks.elementwise(pool, work, Tensor.of(samples, shape));
      blocks.run(samples);
    }
    if (calls.get() == 1) {
      assertEquals(Set.of(Thread.currentThread()), threads);
    }
    return calls.get();
  }
}
