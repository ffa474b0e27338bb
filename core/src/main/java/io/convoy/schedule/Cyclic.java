package io.convoy.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;

/**
 * The rate goes up and down along straight lines, again and again (Smith 2017, "Cyclical Learning
 * Rates for Training Neural Networks", section 3): from {@code floor * rate} to {@code rate} in
 * {@code upEpochs} epochs, and back in {@code downEpochs}. Where x, in [0, 1], is how high it
 * stands within its cycle, which is number c from 0:
 *
 * <pre>
 *   rate (floor + (1 - floor) x a)
 *   triangular    a = 1
 *   triangular2   a = 2^-c
 *   expRange      a = gamma^epoch
 * </pre>
 *
 * @param rate the highest rate
 * @param floor the share of the rate that cycles begin and end with, in [0, 1]; 0.25 by default, as
 *     the paper has it
 * @param upEpochs above 0; fractions count
 * @param downEpochs above 0; null, the default, for as many as up
 * @param shape what becomes of later cycles; {@code triangular} by default
 * @param gamma what is left of a cycle's height after an epoch, in (0, 1]; for {@code expRange} and
 *     only there, else null
 */
public record Cyclic(
    double rate,
    double warmupEpochs,
    double floor,
    double upEpochs,
    Double downEpochs,
    Shape shape,
    Double gamma)
    implements Schedule {
  private static final double DEFAULT_FLOOR = 0.25;

  /** What becomes of the height of later cycles. */
  public enum Shape {
    /** It stays. */
    @JsonProperty("triangular")
    TRIANGULAR,
    /** It is halved after each cycle. */
    @JsonProperty("triangular2")
    TRIANGULAR2,
    /** It falls by the same factor in every epoch, a little with each step. */
    @JsonProperty("expRange")
    EXP_RANGE
  }

  public Cyclic {
    ScheduleRules.check("cyclic", rate, warmupEpochs);
    ScheduleRules.checkFloor("cyclic", floor);
    positive("upEpochs", upEpochs);
    if (downEpochs != null) {
      positive("downEpochs", downEpochs);
    }
    if ((shape == Shape.EXP_RANGE) != (gamma != null)) {
      throw ConvoyException.usage(
          "schedule cyclic: gamma belongs to shape expRange, which needs it, and to no other; got"
              + " gamma=%s",
          gamma);
    }
    if (gamma != null && !(gamma > 0 && gamma <= 1)) {
      throw ConvoyException.usage("schedule cyclic: gamma must lie in (0, 1]; got %s", gamma);
    }
  }

  @JsonCreator
  static Cyclic of(
      @JsonProperty(value = "rate", required = true) double rate,
      @JsonProperty("warmupEpochs") double warmupEpochs,
      @JsonProperty("floor") Double floor,
      @JsonProperty("upEpochs") Double upEpochs,
      @JsonProperty("downEpochs") Double downEpochs,
      @JsonProperty("shape") Shape shape,
      @JsonProperty("gamma") Double gamma) {
    if (upEpochs == null) {
      throw ConvoyException.usage(
          "schedule cyclic: upEpochs is missing; give in how many epochs the rate rises");
    }
    return new Cyclic(
        rate,
        warmupEpochs,
        floor == null ? DEFAULT_FLOOR : floor,
        upEpochs,
        downEpochs,
        shape == null ? Shape.TRIANGULAR : shape,
        gamma);
  }

  private static void positive(String key, double epochs) {
    if (!(epochs > 0 && epochs < Double.POSITIVE_INFINITY)) {
      throw ConvoyException.usage("schedule cyclic: %s must be above 0; got %s", key, epochs);
    }
  }

  @Override
  public double factor(ScheduleStep at) {
    double down = downEpochs == null ? upEpochs : downEpochs;
    double length = upEpochs + down;
    double cycle = Math.floor(at.epoch() / length);
    double within = at.epoch() - cycle * length;
    double height = within <= upEpochs ? within / upEpochs : (length - within) / down;
    double left =
        switch (shape) {
          case TRIANGULAR -> 1;
          case TRIANGULAR2 -> StrictMath.pow(2, -cycle);
          case EXP_RANGE -> StrictMath.pow(gamma, at.epoch());
        };
    return floor + (1 - floor) * Math.max(0, height) * left;
  }
}
