package io.convoy.data.augment;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import io.convoy.data.SampleSource;
import io.convoy.data.image.Framing;
import io.convoy.json.FamilyNames;
import io.convoy.tensor.Shape;
import java.util.Optional;

/**
 * How bytes become the numbers that a network takes: an immutable value. What a kind needs to know
 * of the training images is either given or measured on them, by whole numbers, so that no order of
 * reading has a part in it.
 *
 * <p>In JSON its {@code type} is the record's name; without one it is {@link StandardScore}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "type", defaultImpl = StandardScore.class)
@JsonTypeIdResolver(FamilyNames.class)
public sealed interface Standardization
    permits StandardScore, UnitRange, ChannelMean, MeanImage, Pca, Zca {

  /** The default: mean and deviation of each channel, over images as they are stored. */
  static StandardScore of(SampleSource source) {
    return of(source, Framing.STORED);
  }

  /**
   * The same over images as evaluation sees them.
   *
   * @param framing what is made of each image first
   * @throws io.convoy.error.ConvoyException when an image cannot be read
   */
  static StandardScore of(SampleSource source, Framing framing) {
    return StandardScore.MEASURED.measured(TrainingPixels.of(source, framing, 1));
  }

  /** Whether nothing is left to be measured. */
  boolean complete();

  /**
   * The same with what it needs to know of the training images; itself where it knows that.
   *
   * @throws io.convoy.error.ConvoyException when an image cannot be read, or does not fit
   */
  Standardization measured(TrainingPixels images);

  /**
   * Whether another one may be what this one gives when it is measured: of the same kind, with the
   * same options. This one has not been measured.
   */
  default boolean isThatOf(Standardization other) {
    return other.complete() && equals(other.unmeasured());
  }

  /** The same with nothing that is measured; itself where nothing is. */
  Standardization unmeasured();

  /**
   * What is measured of whole images, too large to stand in JSON: a file holds it beside a
   * checkpoint's {@code preprocessing.json}. Empty where the kind needs no such thing, or has not
   * measured it.
   */
  default Optional<ImageStatistics> statistics() {
    return Optional.empty();
  }

  /** What of {@link #statistics} the kind needs. */
  default ImageStatistics.Parts parts() {
    return ImageStatistics.Parts.NONE;
  }

  /**
   * The same with statistics that were measured before.
   *
   * @param measured such as {@link #parts} says
   */
  default Standardization withStatistics(ImageStatistics measured) {
    throw new IllegalStateException("this kind has no statistics of whole images: " + this);
  }

  /**
   * Checks that images of a shape can be standardised so.
   *
   * @param input {@code [height, width, channels]} of the network's input
   * @throws io.convoy.error.ConvoyException of kind USAGE when they cannot
   */
  default void requireFits(Shape input) {
    ImageStatistics.requireRoom(parts(), input);
    statistics().ifPresent(measured -> measured.requireFits(input));
  }

  /**
   * The values of each channel's 256 bytes, value p of channel c at {@code 256 c + p}, before
   * anything of {@link #statistics} is done to them: p / 255, unless the kind says otherwise. It
   * must have been measured.
   */
  default float[] table(int channels) {
    return ChannelScale.unit(channels).table();
  }

  /** The most bytes that measuring takes beside the images that are being read; 0 for few. */
  default long measuringBytes(Shape input) {
    return parts() == ImageStatistics.Parts.MEAN_AND_MATRIX ? Whitening.bytes(input) : 0;
  }
}
