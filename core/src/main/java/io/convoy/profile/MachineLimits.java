package io.convoy.profile;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.Subnormals;
import io.convoy.kernel.WorkPool;
import java.util.Arrays;

/**
 * What a machine can do at the most, as it is measured: the two sides of a roofline (Williams,
 * Waterman and Patterson, "Roofline", 2009). Other work on the machine lowers them.
 *
 * @param operations floating operations a second that the innermost loop of the kernels comes to
 *     with all its operands in the cache next to a core
 * @param bytes a second that come from memory and go there, adding two arrays into a third one
 */
public record MachineLimits(double operations, double bytes) {
  private static final int TERMS = 64;
  private static final int ROWS = Kernels.WHOLE_ROWS;
  private static final int REPEATS = 200;

  /** Floats of an array: three of them, 192 MiB, are larger than most caches. */
  private static final int LENGTH = 1 << 24;

  /** Of the free heap, what three arrays may take. */
  private static final int SHARE = 4;

  private static final int ROUNDS = 8;

  /** Measures, on all threads of the pool at once; of some rounds the best counts. */
  public static MachineLimits of(Kernels kernels, WorkPool pool) {
    Subnormals.require(kernels, pool);
    return new MachineLimits(operations(kernels, pool), bytes(pool));
  }

  private static double operations(Kernels kernels, WorkPool pool) {
    int width = kernels.panelWidth();
    PanelProduct product = kernels.product(1, TERMS, width);
    float[][] x = new float[pool.threads()][ROWS * TERMS];
    float[][] panel = new float[pool.threads()][TERMS * width];
    float[][] out = new float[pool.threads()][ROWS * width];
    for (int t = 0; t < pool.threads(); t++) {
      Arrays.fill(x[t], 0.5f);
      Arrays.fill(panel[t], 0.25f);
    }
    WorkPool.Block work =
        (block, thread) -> {
          for (int i = 0; i < REPEATS; i++) {
            product.multiply(
                TERMS,
                x[thread],
                0,
                panel[thread],
                0,
                out[thread],
                0,
                width,
                out[thread],
                0,
                width,
                ROWS);
          }
        };
    double each = 2.0 * TERMS * ROWS * width * REPEATS;
    return each * perSecond(pool, work, 10 * ROUNDS);
  }

  private static double bytes(WorkPool pool) {
    int length = (int) Math.min(LENGTH, FreeHeap.bytes() / (3L * Float.BYTES * SHARE));
    float[] a = new float[length];
    float[] b = new float[length];
    float[] sum = new float[length];
    int part = length / pool.threads();
    WorkPool.Block work = (block, thread) -> add(a, b, sum, block * part, (block + 1) * part);
    return 3.0 * Float.BYTES * part * perSecond(pool, work, ROUNDS);
  }

  private static void add(float[] a, float[] b, float[] sum, int from, int until) {
    for (int i = from; i < until; i++) {
      sum[i] = a[i] + b[i];
    }
  }

  /** Blocks a second of all threads, where each does one at a time: of the quickest round. */
  private static double perSecond(WorkPool pool, WorkPool.Block work, int rounds) {
    double best = 0;
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      pool.run(pool.threads(), work);
      best = Math.max(best, pool.threads() / ((System.nanoTime() - start) / 1e9));
    }
    return best;
  }
}
