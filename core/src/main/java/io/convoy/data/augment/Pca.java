package io.convoy.data.augment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * PCA whitening: an image x of n numbers p / 255 becomes {@code W (x - mean)} with {@code W = D
 * Uᵀ}. U has the eigenvectors of the training images' covariance as columns, by falling eigenvalue,
 * and D is diagonal, {@code 1 / sqrt(eigenvalue + epsilon)}. The image keeps its shape, but its
 * elements are no longer pixels: element i is the i-th principal component.
 *
 * @param epsilon at least 1e-12, what is added to each eigenvalue, in units of [0, 1] squared; 1e-6
 *     by default
 * @param measured mean and matrix; null until they are measured
 */
public record Pca(double epsilon, @JsonIgnore ImageStatistics measured) implements Standardization {
  public Pca {
    Whitening.requireEpsilon(epsilon);
  }

  /** One that is to be measured. */
  public Pca(double epsilon) {
    this(epsilon, null);
  }

  @JsonCreator
  static Pca of(@JsonProperty("epsilon") Double epsilon) {
    return new Pca(epsilon == null ? Whitening.USUAL_EPSILON : epsilon);
  }

  @Override
  public Pca unmeasured() {
    return new Pca(epsilon);
  }

  @Override
  public boolean complete() {
    return measured != null;
  }

  @Override
  public Pca measured(TrainingPixels images) {
    return complete() ? this : withStatistics(Whitening.of(images, epsilon).components());
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
  public Pca withStatistics(ImageStatistics measured) {
    return new Pca(epsilon, measured);
  }
}
