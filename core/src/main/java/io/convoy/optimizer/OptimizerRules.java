package io.convoy.optimizer;

import io.convoy.error.ConvoyException;

/** The rules that optimizers share. */
final class OptimizerRules {
  private OptimizerRules() {}

  static void betas(String type, float beta1, float beta2) {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw ConvoyException.usage(
          "%s: beta1 and beta2 must lie in [0, 1); got %s and %s", type, beta1, beta2);
    }
  }

  /** That a share of what was stays less than the whole. */
  static void share(String type, String key, float value) {
    if (!(value >= 0 && value < 1)) {
      throw ConvoyException.usage("%s: %s must lie in [0, 1); got %s", type, key, value);
    }
  }

  static void epsilon(String type, float epsilon) {
    if (!(epsilon > 0 && epsilon < 1)) {
      throw ConvoyException.usage("%s: epsilon must lie in (0, 1); got %s", type, epsilon);
    }
  }

  static void notNegative(String type, String key, float value) {
    if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
      throw ConvoyException.usage("%s: %s must be at least 0; got %s", type, key, value);
    }
  }

  static void positive(String type, String key, float value) {
    if (!(value > 0 && value < Float.POSITIVE_INFINITY)) {
      throw ConvoyException.usage("%s: %s must be above 0; got %s", type, key, value);
    }
  }
}
