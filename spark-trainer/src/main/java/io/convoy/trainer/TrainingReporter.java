package io.convoy.trainer;

import io.convoy.data.examine.ExaminedSet;
import io.convoy.fault.FaultFinding;
import io.convoy.train.DataSummary;
import io.convoy.train.Evaluator;
import io.convoy.train.ValidationResult;
import java.util.Locale;

/** Tells a person what happens in a training, line by line. */
public interface TrainingReporter extends TrainingListener {
  /** Says a line. */
  void say(String line);

  @Override
  default void onExamined(ExaminedSet set) {
    set.inWords().forEach(sentence -> say("data: " + sentence));
  }

  @Override
  default void onData(DataSummary data) {
    say("data: " + data.line());
    data.notes().forEach(note -> say("data: " + note));
  }

  @Override
  default void onFault(long step, FaultFinding finding) {
    say("step %s: look: %s".formatted(step, finding.line()));
  }

  @Override
  default void onRestart(long step, String reason) {
    say("a segment was lost (%s); going on from step %s".formatted(reason, step));
  }

  @Override
  default void onValidation(ValidationResult result) {
    say(
        String.format(
            Locale.ROOT,
            "step %d: validation accuracy %.2f %%, validation loss %.4f",
            result.step(),
            100 * result.accuracy(),
            result.loss()));
  }

  @Override
  default void onSnapshot(long step, int number, int all) {
    say("step %s: snapshot %s of %s is kept".formatted(step, number, all));
  }

  @Override
  default void onRefresh(long step, long samples) {
    say(
        String.format(
            Locale.ROOT,
            "step %d: batch norm of the averaged weights is measured on %,d training images",
            step,
            samples));
  }

  @Override
  default void onEarlyStop(long step, String reason) {
    say("step %s: stopped early: %s".formatted(step, reason));
  }

  @Override
  default void onEvaluation(long step, Evaluator.Result result) {
    say(
        String.format(
            Locale.ROOT,
            "step %d: test accuracy %.2f %%, test loss %.4f",
            step,
            100 * result.accuracy(),
            result.loss()));
  }

  /** {@code 0:07}, {@code 12:07} or {@code 1:02:07}: minutes and seconds, hours where there are. */
  static String time(double seconds) {
    long whole = Math.round(seconds);
    long hours = whole / 3600;
    long minutes = whole / 60 % 60;
    return hours == 0
        ? String.format(Locale.ROOT, "%d:%02d", minutes, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, whole % 60);
  }
}
