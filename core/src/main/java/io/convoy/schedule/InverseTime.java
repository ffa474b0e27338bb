package io.convoy.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;

/**
 * The rate falls as 1/t (Robbins, Monro 1951, in the form of Bottou 2012, section 5.2), a little
 * with each step:
 *
 * <pre>
 *   rate / (1 + decay epoch)
 * </pre>
 *
 * @param decay by epoch, at least 0; with 1, half the rate is left after one epoch
 */
public record InverseTime(double rate, double warmupEpochs, double decay) implements Schedule {
  public InverseTime {
    ScheduleRules.check("inverseTime", rate, warmupEpochs);
    if (!(decay >= 0 && decay < Double.POSITIVE_INFINITY)) {
      throw ConvoyException.usage("schedule inverseTime: decay must be at least 0; got %s", decay);
    }
  }

  @JsonCreator
  static InverseTime of(
      @JsonProperty(value = "rate", required = true) double rate,
      @JsonProperty("warmupEpochs") double warmupEpochs,
      @JsonProperty("decay") Double decay) {
    if (decay == null) {
      throw ConvoyException.usage(
          "schedule inverseTime: decay is missing; give by how much 1 / rate grows in an epoch, as"
              + " a share of what it is at first");
    }
    return new InverseTime(rate, warmupEpochs, decay);
  }

  @Override
  public double factor(ScheduleStep at) {
    return 1 / (1 + decay * at.epoch());
  }
}
