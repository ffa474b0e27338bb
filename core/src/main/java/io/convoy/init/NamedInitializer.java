package io.convoy.init;

import com.fasterxml.jackson.annotation.JsonValue;
import io.convoy.random.RandomStream;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Initializers that have no options. With fan-in and fan-out n and m:
 *
 * <ul>
 *   <li>He (He et al. 2015, "Delving Deep into Rectifiers", eq. 10): variance 2 / n, or, by the
 *       fan-out (eq. 14), 2 / m
 *   <li>Xavier (Glorot, Bengio 2010, "Understanding the difficulty of training deep feedforward
 *       neural networks", eq. 12 and 16): variance 2 / (n + m)
 *   <li>LeCun (LeCun et al. 1998, "Efficient BackProp", section 4.6): variance 1 / n, which layers
 *       that normalise themselves start from (Klambauer et al. 2017)
 * </ul>
 */
public enum NamedInitializer implements Initializer {
  HE_NORMAL("heNormal"),
  HE_NORMAL_FAN_OUT("heNormalFanOut"),
  HE_UNIFORM("heUniform"),
  HE_UNIFORM_FAN_OUT("heUniformFanOut"),
  XAVIER_NORMAL("xavierNormal"),
  XAVIER_UNIFORM("xavierUniform"),
  LECUN_NORMAL("lecunNormal"),
  LECUN_UNIFORM("lecunUniform"),
  ZEROS("zeros"),
  ONES("ones");

  private final String json;

  NamedInitializer(String json) {
    this.json = json;
  }

  @JsonValue
  String toJson() {
    return json;
  }

  static String names() {
    return Arrays.stream(values()).map(NamedInitializer::toJson).collect(Collectors.joining(", "));
  }

  @Override
  public void fill(
      float[] values, int offset, int length, long fanIn, long fanOut, RandomStream random) {
    switch (this) {
      case HE_NORMAL -> normal(values, offset, length, 2.0 / fanIn, random);
      case HE_NORMAL_FAN_OUT -> normal(values, offset, length, 2.0 / fanOut, random);
      case XAVIER_NORMAL -> normal(values, offset, length, 2.0 / (fanIn + fanOut), random);
      case LECUN_NORMAL -> normal(values, offset, length, 1.0 / fanIn, random);
      case HE_UNIFORM -> uniform(values, offset, length, 2.0 / fanIn, random);
      case HE_UNIFORM_FAN_OUT -> uniform(values, offset, length, 2.0 / fanOut, random);
      case XAVIER_UNIFORM -> uniform(values, offset, length, 2.0 / (fanIn + fanOut), random);
      case LECUN_UNIFORM -> uniform(values, offset, length, 1.0 / fanIn, random);
      case ZEROS -> Arrays.fill(values, offset, offset + length, 0f);
      case ONES -> Arrays.fill(values, offset, offset + length, 1f);
    }
  }

  private static void normal(
      float[] values, int offset, int length, double variance, RandomStream random) {
    Normal.fill(values, offset, length, StrictMath.sqrt(variance), random);
  }

  /** Uniform over [-a, a], whose variance is a² / 3. */
  private static void uniform(
      float[] values, int offset, int length, double variance, RandomStream random) {
    Uniform.fill(values, offset, length, (float) StrictMath.sqrt(3 * variance), random);
  }
}
