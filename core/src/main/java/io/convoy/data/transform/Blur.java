package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;

/**
 * Takes for each pixel a mean of those around it, weighted by a Gauss curve (see {@link
 * GaussianBlur}) whose deviation is drawn evenly from [sigmaFrom, sigmaTo].
 *
 * @param kernel the rows and columns that are averaged over, odd, in [3, 127]; half of it must be
 *     less than the image's height and width
 * @param sigmaFrom pixels, above 0; 0.1 by default
 * @param sigmaTo pixels, at least {@code sigmaFrom}; 2 by default
 * @param probability in [0, 1]; 1 by default
 */
public record Blur(int kernel, double sigmaFrom, double sigmaTo, double probability)
    implements Transform {
  public Blur {
    if (kernel < 3 || kernel > GaussianBlur.LARGEST || kernel % 2 == 0) {
      throw ConvoyException.usage(
          "blur: kernel must be odd and lie in [3, %d]; got %d", GaussianBlur.LARGEST, kernel);
    }
    TransformRules.range("blur", "sigmaFrom", sigmaFrom, "sigmaTo", sigmaTo);
    TransformRules.probability("blur", probability);
  }

  @JsonCreator
  static Blur of(
      @JsonProperty(value = "kernel", required = true) int kernel,
      @JsonProperty("sigmaFrom") Double sigmaFrom,
      @JsonProperty("sigmaTo") Double sigmaTo,
      @JsonProperty("probability") Double probability) {
    return new Blur(
        kernel,
        sigmaFrom == null ? 0.1 : sigmaFrom,
        sigmaTo == null ? 2.0 : sigmaTo,
        probability == null ? 1.0 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (draws.happens(probability, 0)) {
      GaussianBlur.apply(image, kernel, draws.between(sigmaFrom, sigmaTo, 1));
    }
  }

  @Override
  public void requireFits(Shape shape, String place) {
    if (kernel / 2 >= Math.min(shape.height(), shape.width())) {
      throw ConvoyException.usage(
          "%s: half of blur's kernel must be less than the image's height and width; got kernel=%d"
              + " for %dx%d",
          place, kernel, shape.height(), shape.width());
    }
  }
}
