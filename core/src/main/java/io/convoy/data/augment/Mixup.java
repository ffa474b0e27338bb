package io.convoy.data.augment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Mixes an image with another, and its label likewise (Zhang et al., "mixup: Beyond Empirical Risk
 * Minimization", ICLR 2018): share · image + (1 - share) · other. {@link Mixing} says which other.
 *
 * @param alpha of the beta distribution that the share is drawn from, in (0, 100]; 0.2 by default
 * @param probability in [0, 1]: of an image being mixed; 1 by default
 */
public record Mixup(double alpha, double probability) {
  public Mixup {
    MixRules.check("augmentation.mixup", alpha, probability);
  }

  @JsonCreator
  static Mixup of(
      @JsonProperty("alpha") Double alpha, @JsonProperty("probability") Double probability) {
    return new Mixup(alpha == null ? 0.2 : alpha, probability == null ? 1 : probability);
  }
}
