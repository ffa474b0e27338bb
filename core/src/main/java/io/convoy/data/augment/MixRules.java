package io.convoy.data.augment;

import io.convoy.error.ConvoyException;

/** The rules that mixup and cutmix share. */
final class MixRules {
  private static final double LARGEST_ALPHA = 100;

  private MixRules() {}

  static void check(String key, double alpha, double probability) {
    if (!(alpha > 0 && alpha <= LARGEST_ALPHA)) {
      throw ConvoyException.usage("%s: alpha must lie in (0, 100]; got %s", key, alpha);
    }
    if (!(probability >= 0 && probability <= 1)) {
      throw ConvoyException.usage("%s: probability must lie in [0, 1]; got %s", key, probability);
    }
  }
}
