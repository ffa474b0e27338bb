package io.convoy.data.augment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Optional;

/**
 * Takes the mean of the training images away, each pixel's and channel's own: element i of an
 * image, p of 0 to 255, becomes {@code p / 255 - mean[i]}.
 *
 * @param measured the mean image; null until it is measured
 */
public record MeanImage(@JsonIgnore ImageStatistics measured) implements Standardization {
  @JsonCreator
  public MeanImage() {
    this(null);
  }

  @Override
  public MeanImage unmeasured() {
    return new MeanImage();
  }

  @Override
  public boolean complete() {
    return measured != null;
  }

  @Override
  public MeanImage measured(TrainingPixels images) {
    return complete() ? this : new MeanImage(images.elements().meanImage());
  }

  @Override
  public Optional<ImageStatistics> statistics() {
    return Optional.ofNullable(measured);
  }

  @Override
  public ImageStatistics.Parts parts() {
    return ImageStatistics.Parts.MEAN;
  }

  @Override
  public MeanImage withStatistics(ImageStatistics measured) {
    return new MeanImage(measured);
  }
}
