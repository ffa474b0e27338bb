package io.convoy.data.augment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * ZCA whitening (Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009): as
 * {@link Pca}, but turned back, {@code W = U D Uᵀ}. So the result is the white image that is
 * nearest to the image, and convolutions still find neighbours side by side.
 *
 * @param epsilon at least 1e-12, what is added to each eigenvalue, in units of [0, 1] squared; 1e-6
 *     by default
 * @param measured mean and matrix; null until they are measured
 */
public record Zca(double epsilon, @JsonIgnore ImageStatistics measured) implements Standardization {
  public Zca {
    Whitening.requireEpsilon(epsilon);
  }

  /** One that is to be measured. */
  public Zca(double epsilon) {
    this(epsilon, null);
  }

  @JsonCreator
  static Zca of(@JsonProperty("epsilon") Double epsilon) {
    return new Zca(epsilon == null ? Whitening.USUAL_EPSILON : epsilon);
  }

  @Override
  public Zca unmeasured() {
    return new Zca(epsilon);
  }

  @Override
  public boolean complete() {
    return measured != null;
  }

  @Override
  public Zca measured(TrainingPixels images) {
    return complete() ? this : withStatistics(Whitening.of(images, epsilon).turnedBack());
  }

  @Override
  public Optional<ImageStatistics> statistics() {
    return Optional.ofNullable(measured);
  }

  @Override
  public ImageStatistics.Parts parts() {
    return ImageStatistics.Parts.MEAN_AND_MATRIX;
  }

  @Override
  public Zca withStatistics(ImageStatistics measured) {
    return new Zca(epsilon, measured);
  }
}
