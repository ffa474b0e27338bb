package io.convoy.init;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.random.RandomStream;

/**
 * The distribution that a parameter starts from. With fan-in and fan-out n and m:
 *
 * <ul>
 *   <li>He (He et al. 2015, "Delving Deep into Rectifiers", eq. 10): variance 2 / n
 *   <li>Xavier (Glorot, Bengio 2010, "Understanding the difficulty of training deep feedforward
 *       neural networks", eq. 12 and 16): variance 2 / (n + m)
 * </ul>
 */
public enum Initializer {
  @JsonProperty("heNormal")
  HE_NORMAL,
  @JsonProperty("heUniform")
  HE_UNIFORM,
  @JsonProperty("xavierNormal")
  XAVIER_NORMAL,
  @JsonProperty("xavierUniform")
  XAVIER_UNIFORM,
  @JsonProperty("zeros")
  ZEROS,
  @JsonProperty("ones")
  ONES;

  /**
   * Fills {@code values[offset, offset + length)}; element i takes draw i of the stream, in the
   * parameter's canonical order.
   *
   * @param fanIn inputs that one output sums over
   * @param fanOut outputs that one input goes to
   */
  public void fill(
      float[] values, int offset, int length, long fanIn, long fanOut, RandomStream random) {
    switch (this) {
      case HE_NORMAL -> normal(values, offset, length, 2.0 / fanIn, random);
      case XAVIER_NORMAL -> normal(values, offset, length, 2.0 / (fanIn + fanOut), random);
      case HE_UNIFORM -> uniform(values, offset, length, 2.0 / fanIn, random);
      case XAVIER_UNIFORM -> uniform(values, offset, length, 2.0 / (fanIn + fanOut), random);
      case ZEROS -> java.util.Arrays.fill(values, offset, offset + length, 0f);
      case ONES -> java.util.Arrays.fill(values, offset, offset + length, 1f);
    }
  }

  private static void normal(
      float[] values, int offset, int length, double variance, RandomStream random) {
    double deviation = StrictMath.sqrt(variance);
    for (int i = 0; i < length; i++) {
      values[offset + i] = (float) (deviation * random.gaussian(i));
    }
  }

  /** Uniform over [-a, a], whose variance is a² / 3. */
  private static void uniform(
      float[] values, int offset, int length, double variance, RandomStream random) {
    float bound = (float) StrictMath.sqrt(3 * variance);
    for (int i = 0; i < length; i++) {
      values[offset + i] = bound * (2 * random.uniform(i) - 1);
    }
  }
}
