package io.convoy.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Half a cosine again and again: within each of M cycles the rate falls from {@code rate} to {@code
 * floor * rate}, and then starts anew (Huang et al. 2017, "Snapshot Ensembles", eq. 2). With T
 * steps in the whole training, cycle c, from 0, has the steps
 *
 * <pre>
 *   from a = floor(c T / M)  up to, but not with,  b = floor((c + 1) T / M)
 *   rate (floor + (1 - floor) (1 + cos(pi (step - a) / (b - a))) / 2)
 * </pre>
 *
 * <p>Where M divides T this is the paper's; else cycles differ in length by one step at most, while
 * the paper leaves the last one short. The state at the end of each cycle is a snapshot, which is
 * kept. A training of fewer steps than M has a cycle for each step.
 *
 * @param floor the share of the rate that is left at the end of a cycle, in [0, 1]; 0 by default
 * @param cycles M, from 1 to 1000
 */
public record Cycles(double rate, double warmupEpochs, double floor, int cycles)
    implements Schedule {
  private static final int MOST = 1000;

  public Cycles {
    ScheduleRules.check("cycles", rate, warmupEpochs);
    ScheduleRules.checkFloor("cycles", floor);
    if (cycles < 1 || cycles > MOST) {
      throw ConvoyException.usage(
          "schedule cycles: cycles must lie in [1, %d]; got %d", MOST, cycles);
    }
  }

  @JsonCreator
  static Cycles of(
      @JsonProperty(value = "rate", required = true) double rate,
      @JsonProperty("warmupEpochs") double warmupEpochs,
      @JsonProperty("floor") double floor,
      @JsonProperty("cycles") Integer cycles) {
    if (cycles == null) {
      throw ConvoyException.usage(
          "schedule cycles: cycles is missing; give how many times the rate falls, which is how many"
              + " snapshots are kept");
    }
    return new Cycles(rate, warmupEpochs, floor, cycles);
  }

  @Override
  public double factor(ScheduleStep at) {
    long steps = at.steps();
    if (at.step() >= steps) {
      return floor;
    }
    long cycle = ((at.step() + 1) * cycles - 1) / steps; // the last that starts at or before it
    long start = start(cycle, steps);
    return Cosine.factor((double) (at.step() - start) / (start(cycle + 1, steps) - start), floor);
  }

  private long start(long cycle, long steps) {
    return cycle * steps / cycles;
  }

  @Override
  public boolean spansTraining() {
    return true;
  }

  @Override
  public List<Long> snapshots(long steps) {
    return LongStream.rangeClosed(1, cycles)
        .map(cycle -> start(cycle, steps))
        .filter(end -> end > 0)
        .distinct()
        .boxed()
        .toList();
  }
}
