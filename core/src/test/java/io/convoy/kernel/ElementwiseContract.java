package io.convoy.kernel;

import io.convoy.reference.Numbers;

/** Holds an element-wise pass against its formula, element by element. */
final class ElementwiseContract {
  private static final int[] LENGTHS = {0, 1, 13, 207, 4098};
  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    0x1.fffffcp-127f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1f,
  };

  /** The formula of one element: operands in the order of the arrays, results in their order. */
  interface Formula {
    float[] apply(float[] operands);
  }

  interface Call {
    void run(float[][] arrays, int[] starts, int length);
  }

  private ElementwiseContract() {}

  /**
   * @param operands arrays
   * @param results which of them are written
   * @param fromZero those that start at 0
   */
  static void check(
      String name, int operands, int[] results, Formula formula, Call call, int... fromZero) {
    for (int length : LENGTHS) {
      int[] starts = new int[operands];
      for (int k = 0; k < operands; k++) {
        starts[k] = 1 + 5 * k;
      }
      for (int k : fromZero) {
        starts[k] = 0;
      }
      float[][] arrays = new float[operands][];
      float[][] expected = new float[operands][];
      for (int k = 0; k < operands; k++) {
        arrays[k] = mixed(k, starts[k] + length + 9);
        expected[k] = arrays[k].clone();
      }
      float[] values = new float[operands];
      for (int i = 0; i < length; i++) {
        for (int k = 0; k < operands; k++) {
          values[k] = arrays[k][starts[k] + i];
        }
        float[] wanted = formula.apply(values);
        for (int r = 0; r < results.length; r++) {
          expected[results[r]][starts[results[r]] + i] = wanted[r];
        }
      }
      call.run(arrays, starts, length);
      for (int k = 0; k < operands; k++) {
        KernelsContractTest.assertSameBits(
            expected[k], arrays[k], "%s, length %s, operand %s".formatted(name, length, k));
      }
    }
  }

  /** Ordinary numbers, with every special one next to every other sooner or later. */
  static float[] mixed(int operand, int length) {
    float[] values = Numbers.array(20 + operand, length);
    for (int i = 0; i < length; i++) {
      long bits = Numbers.bits(50 + operand, i);
      if ((bits & 1) == 0) {
        values[i] = SPECIAL[(int) ((bits >>> 8) % SPECIAL.length)];
      }
    }
    return values;
  }
}
