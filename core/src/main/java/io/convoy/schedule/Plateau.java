package io.convoy.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import java.util.List;

/**
 * The rate is multiplied by {@code factor} each time that the validation loss has stopped falling
 * (He et al. 2016, section 3.4: "when the error plateaus"). Between validations it stays.
 *
 * <p>A validation is a gain when its loss is below that of the last gain by more than {@code
 * minDelta}; the first one is. After {@code patience} validations in a row without a gain the rate
 * falls, and they are counted anew.
 *
 * @param factor in (0, 1); 0.1 by default
 * @param patience validations, at least 1; 5 by default
 * @param minDelta of the loss, at least 0; 0 by default
 * @param minRate the rate falls no further than this, from 0 to {@code rate}; 0 by default
 */
public record Plateau(
    double rate, double warmupEpochs, double factor, int patience, double minDelta, double minRate)
    implements Schedule {
  private static final double DEFAULT_FACTOR = 0.1;
  private static final int DEFAULT_PATIENCE = 5;

  public Plateau {
    ScheduleRules.check("plateau", rate, warmupEpochs);
    if (!(factor > 0 && factor < 1)) {
      throw ConvoyException.usage("schedule plateau: factor must lie in (0, 1); got %s", factor);
    }
    if (patience < 1) {
      throw ConvoyException.usage(
          "schedule plateau: patience must be at least 1; got %d", patience);
    }
    if (!(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY)) {
      throw ConvoyException.usage(
          "schedule plateau: minDelta must be at least 0; got %s", minDelta);
    }
    if (!(minRate >= 0 && minRate <= rate)) {
      throw ConvoyException.usage(
          "schedule plateau: minRate must lie in [0, rate]; got minRate=%s rate=%s", minRate, rate);
    }
  }

  @JsonCreator
  static Plateau of(
      @JsonProperty(value = "rate", required = true) double rate,
      @JsonProperty("warmupEpochs") double warmupEpochs,
      @JsonProperty("factor") Double factor,
      @JsonProperty("patience") Integer patience,
      @JsonProperty("minDelta") double minDelta,
      @JsonProperty("minRate") double minRate) {
    return new Plateau(
        rate,
        warmupEpochs,
        factor == null ? DEFAULT_FACTOR : factor,
        patience == null ? DEFAULT_PATIENCE : patience,
        minDelta,
        minRate);
  }

  @Override
  public double factor(ScheduleStep at) {
    return 1;
  }

  @Override
  public boolean followsValidation() {
    return true;
  }

  @Override
  public double validatedFactor(List<Double> losses) {
    double left = 1;
    double reference = Double.POSITIVE_INFINITY;
    int without = 0;
    for (double loss : losses) {
      if (loss < reference - minDelta) {
        reference = loss;
        without = 0;
      } else {
        without++;
      }
      if (without == patience) {
        left = Math.max(left * factor, minRate / rate);
        without = 0;
      }
    }
    return left;
  }
}
