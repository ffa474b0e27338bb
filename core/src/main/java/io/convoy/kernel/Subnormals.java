package io.convoy.kernel;

import io.convoy.error.ConvoyException;
import java.util.List;

/**
 * Whether this process computes with subnormal numbers, those below 2^-126: a JVM option or a
 * native library (one linked with {@code -ffast-math}, say) may have told the processor to take
 * them for zero, as operands (DAZ) or as results (FTZ). Trained weights would then not be those of
 * other machines. The processor keeps this setting for each thread.
 */
public final class Subnormals {
  /** More than two of the longest registers, and a tail. */
  private static final int LENGTH = 37;

  /** One sum with a subnormal number in it: {@code x * y + z}. */
  private record Case(float x, float y, float z, float expected) {}

  private static final List<Case> CASES =
      List.of(
          new Case(0x1p-126f, 0.5f, 0f, 0x1p-127f), // the result alone is subnormal
          new Case(-0x1p-149f, 0x1p23f, 0f, -0x1p-126f), // an operand alone
          new Case(0x1p-126f, 1f, -0x1p-149f, 0x1.fffffcp-127f), // the addend and the result
          new Case(0x1p-149f, 1f, 0x1p-149f, 0x1p-148f)); // all of them

  /** What computes. */
  @FunctionalInterface
  interface Arithmetic {
    /** {@code sums[i] = x[i] * y[i] + z[i]} for all elements; none of these sums is rounded. */
    void compute(float[] x, float[] y, float[] z, float[] sums);
  }

  /**
   * A kind of arithmetic.
   *
   * @param name for messages, such as "scalar"
   */
  record Way(String name, Arithmetic arithmetic) {}

  private Subnormals() {}

  /**
   * Refuses to go on where subnormal numbers do not survive, in scalar arithmetic or in that of the
   * kernels, on any thread of a pool, the caller's among them.
   *
   * @throws ConvoyException of kind RESOURCE
   */
  public static void require(Kernels kernels, WorkPool pool) {
    float[] zeros = new float[LENGTH];
    require(
        List.of(
            new Way("scalar products and sums", Subnormals::productsAndSums),
            new Way("scalar fused multiply-adds", Subnormals::fused),
            new Way(
                "the " + kernels.name() + " kernels",
                (x, y, z, sums) ->
                    kernels.rows().normalize(x, 0, zeros, y, z, sums, 0, sums.length))),
        pool);
  }

  /** The same for these kinds of arithmetic. */
  static void require(List<Way> ways, WorkPool pool) {
    pool.runOnEach(() -> ways.forEach(Subnormals::require));
  }

  private static void require(Way way) {
    float[] x = new float[LENGTH];
    float[] y = new float[LENGTH];
    float[] z = new float[LENGTH];
    float[] sums = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      Case one = CASES.get(i % CASES.size());
      x[i] = one.x();
      y[i] = one.y();
      z[i] = one.z();
    }
    way.arithmetic().compute(x, y, z, sums);
    for (int i = 0; i < LENGTH; i++) {
      float expected = CASES.get(i % CASES.size()).expected();
      // not as floats: whoever takes subnormal numbers for zero finds them equal to it
      if (Float.floatToRawIntBits(sums[i]) != Float.floatToRawIntBits(expected)) {
        throw ConvoyException.resource(
            "subnormal numbers must survive, or weights would differ from those of other machines;"
                + " %s gave 0x%08x for 0x%08x in thread %s: an option of this JVM or a native"
                + " library in it (one linked with -ffast-math, say) sets FTZ or DAZ; start it"
                + " without",
            way.name(),
            Float.floatToRawIntBits(sums[i]),
            Float.floatToRawIntBits(expected),
            Thread.currentThread().getName());
      }
    }
  }

  private static void productsAndSums(float[] x, float[] y, float[] z, float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = x[i] * y[i] + z[i];
    }
  }

  private static void fused(float[] x, float[] y, float[] z, float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.fma(x[i], y[i], z[i]);
    }
  }
}
