package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.random.RandomStream;

/**
 * Takes a rectangle out of the image (Zhong et al., "Random Erasing Data Augmentation", AAAI 2020).
 * Its share of the area is drawn evenly, and the logarithm of its height by its width; one that
 * does not fit is drawn anew, up to ten times in all, and then the image stays. It lies anywhere.
 *
 * @param areaFrom the least share of the image's area, above 0; 0.02 by default
 * @param areaTo the largest, at most 1; 0.33 by default
 * @param ratioFrom the least height by width, above 0; 0.3 by default
 * @param ratioTo the largest; 3.3 by default
 * @param value what takes the place; {@code mean} by default
 * @param probability in [0, 1]; 0.5 by default
 */
public record RandomErasing(
    double areaFrom,
    double areaTo,
    double ratioFrom,
    double ratioTo,
    Value value,
    double probability)
    implements Transform {
  private static final int TRIES = 10;

  /** What takes the place of pixels. */
  public enum Value {
    /** Raw value 0. */
    @JsonProperty("black")
    BLACK,
    /** The mean of each channel over the image, rounded half up. */
    @JsonProperty("mean")
    MEAN,
    /** A value of its own for each pixel and channel, all equally likely. */
    @JsonProperty("noise")
    NOISE
  }

  public RandomErasing {
    TransformRules.range("randomErasing", "areaFrom", areaFrom, "areaTo", areaTo);
    TransformRules.within("randomErasing", "areaTo", areaTo, 0, 1);
    TransformRules.range("randomErasing", "ratioFrom", ratioFrom, "ratioTo", ratioTo);
    TransformRules.probability("randomErasing", probability);
  }

  @JsonCreator
  static RandomErasing of(
      @JsonProperty("areaFrom") Double areaFrom,
      @JsonProperty("areaTo") Double areaTo,
      @JsonProperty("ratioFrom") Double ratioFrom,
      @JsonProperty("ratioTo") Double ratioTo,
      @JsonProperty("value") Value value,
      @JsonProperty("probability") Double probability) {
    return new RandomErasing(
        areaFrom == null ? 0.02 : areaFrom,
        areaTo == null ? 0.33 : areaTo,
        ratioFrom == null ? 0.3 : ratioFrom,
        ratioTo == null ? 3.3 : ratioTo,
        value == null ? Value.MEAN : value,
        probability == null ? 0.5 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (!draws.happens(probability, 0)) {
      return;
    }
    double all = (double) image.height() * image.width();
    double low = StrictMath.log(ratioFrom);
    double high = StrictMath.log(ratioTo);
    for (int first = 1; first < 1 + 4 * TRIES; first += 4) {
      double area = all * draws.between(areaFrom, areaTo, first);
      double ratio = StrictMath.exp(draws.between(low, high, first + 1));
      int height = Math.max(1, (int) (StrictMath.sqrt(area * ratio) + 0.5));
      int width = Math.max(1, (int) (StrictMath.sqrt(area / ratio) + 0.5));
      if (height < image.height() && width < image.width()) {
        int top = draws.below(image.height() - height + 1, first + 2);
        int left = draws.below(image.width() - width + 1, first + 3);
        erase(image, top, left, height, width, draws);
        return;
      }
    }
  }

  private void erase(Canvas image, int top, int left, int height, int width, Draws draws) {
    int channels = image.channels();
    RandomStream noise = draws.noise();
    for (int c = 0; c < channels; c++) {
      byte mean = value == Value.MEAN ? mean(image, c) : 0;
      for (int h = top; h < top + height; h++) {
        int start = (h * image.width() + left) * channels + c;
        for (int w = 0; w < width; w++) {
          int at = start + w * channels;
          image.pixels()[at] = value == Value.NOISE ? (byte) noise.bits(at) : mean;
        }
      }
    }
  }

  private static byte mean(Canvas image, int channel) {
    int[] histogram = image.histogram(channel);
    long sum = 0;
    for (int value = 0; value < 256; value++) {
      sum += (long) histogram[value] * value;
    }
    long count = (long) image.height() * image.width();
    return (byte) ((2 * sum + count) / (2 * count));
  }
}
