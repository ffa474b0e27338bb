package io.convoy.data.augment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Puts a rectangle of another image in its place in an image, and mixes their labels by area (Yun
 * et al., "CutMix: Regularization Strategy to Train Strong Classifiers with Localizable Features",
 * ICCV 2019). {@link Mixing} says which other.
 *
 * @param alpha of the beta distribution that the share of the image is drawn from, in (0, 100]; 1
 *     by default
 * @param probability in [0, 1]: of an image being mixed; 1 by default
 */
public record Cutmix(double alpha, double probability) {
  public Cutmix {
    MixRules.check("augmentation.cutmix", alpha, probability);
  }

  @JsonCreator
  static Cutmix of(
      @JsonProperty("alpha") Double alpha, @JsonProperty("probability") Double probability) {
    return new Cutmix(alpha == null ? 1 : alpha, probability == null ? 1 : probability);
  }
}
