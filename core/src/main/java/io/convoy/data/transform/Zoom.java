package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Makes things larger or smaller about the image's centre, by a factor that is drawn evenly from
 * [from, to]. Below 1 the fill colour comes in.
 *
 * @param from above 0
 * @param to at least {@code from}
 * @param fill the colour of what comes in from outside: one number in [0, 255] for all channels, or
 *     one a channel; black by default
 * @param probability in [0, 1]; 1 by default
 */
public record Zoom(double from, double to, List<Integer> fill, double probability)
    implements Transform {
  public Zoom {
    TransformRules.range("zoom", "from", from, "to", to);
    fill = TransformRules.fill("zoom", fill);
    TransformRules.probability("zoom", probability);
  }

  @JsonCreator
  static Zoom of(
      @JsonProperty(value = "from", required = true) double from,
      @JsonProperty(value = "to", required = true) double to,
      @JsonProperty("fill") List<Integer> fill,
      @JsonProperty("probability") Double probability) {
    return new Zoom(from, to, fill, probability == null ? 1.0 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (draws.happens(probability, 0)) {
      Warp.affine(image, 0, draws.between(from, to, 1), 0, 0, 0, 0, fill);
    }
  }

  @Override
  public void requireFits(Shape shape, String place) {
    TransformRules.requireFill(fill, shape, place);
  }
}
