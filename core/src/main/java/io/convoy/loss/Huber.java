package io.convoy.loss;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;

/**
 * Like {@link MeanSquaredError}, but for halves: errors beyond a threshold δ count by their size,
 * not by its square, so that what lies far off pulls no harder (Huber 1964). The mean over the K
 * outputs z, summed over samples; with {@code d[c] = z[c] - y[c]}:
 *
 * <pre>
 *   loss  = sum over samples of 1/K · sum over c of
 *               |d[c]| &lt;= δ ? d[c]² / 2 : δ (|d[c]| - δ / 2)
 *   dz[c] = max(-δ, min(δ, d[c])) / K
 * </pre>
 *
 * @param delta δ, finite and above 0; by default 1
 */
public record Huber(float delta) implements Loss {
  private static final float DEFAULT_DELTA = 1;

  public Huber {
    if (!(delta > 0 && Float.isFinite(delta))) {
      throw ConvoyException.usage("huber: delta must be above 0; got %s", delta);
    }
  }

  @JsonCreator
  static Huber parse(@JsonProperty("delta") Float delta) {
    return new Huber(delta == null ? DEFAULT_DELTA : delta);
  }

  @Override
  public void requireFits(Shape output) {
    Outputs.requireVector("huber", output);
  }

  @Override
  public Criterion criterion(Shape output) {
    requireFits(output);
    return new ErrorCriterion("huber", output.channels()) {
      @Override
      double error(double difference) {
        double size = Math.abs(difference);
        return size <= delta ? size * size / 2 : delta * (size - delta / 2.0);
      }

      @Override
      double slope(double difference) {
        return Math.max(-delta, Math.min(delta, difference));
      }
    };
  }
}
