package io.convoy.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.train.StepReport;
import io.convoy.train.ValidationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpochReporterTest {
  private final List<String> lines = new ArrayList<>();
  private final EpochReporter reporter = new EpochReporter(lines::add);

  /** A step of an epoch of four steps, with so many images. */
  private static StepReport step(long step, int images, double loss, Integer correct, double secs) {
    int epoch = (int) ((step - 1) / 4);
    return new StepReport(
        step, epoch, images, loss, correct, 0.1f, null, secs, 0, List.of(), Map.of());
  }

  @Test
  void eachEpochHasALineOfItsOwnMeans() {
    reporter.onStart(0, 10, 4);
    for (int step = 1; step <= 3; step++) {
      reporter.onStep(step(step, 1000, 2, 100, 0.5));
    }
    reporter.onStep(step(4, 200, 18, 200, 0.5));
    for (int step = 5; step <= 8; step++) {
      reporter.onStep(step(step, 1000, 0.5, 900, 8));
    }
    reporter.onValidation(new ValidationResult(8, 100, 0.25, 0.5));
    reporter.onStep(step(9, 1000, 0.25, 1000, 0.25));
    reporter.onStep(step(10, 1000, 0.75, 1000, 0.25));
    assertEquals(
        List.of(
            "training: steps 1 to 10, 4 an epoch",
            "epoch 1/3: loss 3.0000, accuracy 15.6 %, 1,600 images/s, 0:03 left",
            "epoch 2/3: loss 0.5000, accuracy 90.0 %, 125 images/s, 0:16 left",
            "step 8: validation accuracy 50.00 %, validation loss 0.2500",
            "epoch 3/3: loss 0.5000, accuracy 100.0 %, 4,000 images/s"),
        lines);
  }

  @Test
  void aLongEpochHasALineAMinute() {
    reporter.onStart(0, 4, 4);
    reporter.onStep(step(1, 64, 2, null, 40));
    reporter.onStep(step(2, 64, 1, null, 24));
    reporter.onStep(step(3, 64, 1, null, 59));
    assertEquals(
        List.of(
            "training: steps 1 to 4, 4 an epoch",
            "epoch 1/1, step 2/4: loss 1.5000, 2 images/s, 1:04 left"),
        lines);
  }

  /** What a lost segment showed is reported again: it may not count twice. */
  @Test
  void aLostSegmentCountsOnce() {
    reporter.onStart(4, 8, 4);
    reporter.onStep(step(5, 10, 100, 0, 1));
    reporter.onRestart(4, "executor 2 is gone");
    for (int step = 5; step <= 8; step++) {
      reporter.onStep(step(step, 10, 1, 5, 1));
    }
    assertEquals(
        List.of(
            "training: steps 5 to 8, 4 an epoch",
            "a segment was lost (executor 2 is gone); going on from step 4",
            "epoch 2/2: loss 1.0000, accuracy 50.0 %, 10 images/s"),
        lines);
  }

  @Test
  void timesAreReadable() {
    assertEquals("0:07", TrainingReporter.time(7.4));
    assertEquals("12:07", TrainingReporter.time(727));
    assertEquals("1:02:07", TrainingReporter.time(3727));
  }
}
