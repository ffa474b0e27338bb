package io.convoy.schedule;

/** The same rate throughout. */
public record Constant(double rate, double warmupEpochs) implements Schedule {
  public Constant {
    ScheduleRules.check("constant", rate, warmupEpochs);
  }

  @Override
  public double factor(double epoch, double epochs) {
    return 1;
  }
}
