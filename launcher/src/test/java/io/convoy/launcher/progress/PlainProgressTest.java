package io.convoy.launcher.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.train.Evaluator;
import io.convoy.train.StepReport;
import io.convoy.train.ValidationResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlainProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private long nanos;

  private final Progress progress = new PlainProgress(err, () -> nanos, Duration.ofSeconds(5));

  @Test
  void aLineEveryFiveSecondsAndAtTheEnd() {
    progress.onStart(0, 30, 10);
    for (int step = 1; step <= 11; step++) {
      nanos += 1_000_000_000;
      progress.onStep(step(step, 2.0 / step, 32));
    }
    progress.close();
    // the first step starts the clock; smoothed over all steps so far, of 64 images each
    assertEquals(
        List.of(
            "training: steps 1 to 30, 10 an epoch",
            "epoch 1/3, step 5/30: loss 0.9133, accuracy 50.0 %, 64 images/s, 0:25 left",
            "epoch 1/3, step 10/30: loss 0.5858, accuracy 50.0 %, 64 images/s, 0:20 left",
            "epoch 2/3, step 11/30: loss 0.5491, accuracy 50.0 %, 64 images/s, 0:19 left"),
        lines());
  }

  @Test
  void onlyTheLastTwentyStepsAreSmoothedOver() {
    progress.onStart(0, 100, 100);
    for (int step = 1; step <= 20; step++) {
      progress.onStep(step(step, 100, 0));
    }
    for (int step = 21; step <= 40; step++) {
      progress.onStep(step(step, 0.5, 64));
    }
    progress.close();
    assertTrue(lines().get(1).contains("loss 0.5000, accuracy 100.0 %"), lines().get(1));
  }

  /** No speed is made up from a moment, nor from the time that executors take to start. */
  @Test
  void aSpeedIsToldOnceItIsKnown() {
    progress.onStart(50, 100, 10);
    nanos += 60_000_000_000L;
    progress.onStep(step(51, 1, 0));
    assertEquals("epoch 6/10, step 51/100: loss 1.0000, accuracy 0.0 %", lines().get(1));
  }

  /** From a twentieth on; the first step, whose batch nobody could read ahead, counts not. */
  @Test
  void aWaitForDataIsToldWhereItIsLong() {
    progress.onStart(0, 30, 10);
    progress.onStep(waited(1, 0.9));
    for (int step = 2; step <= 11; step++) {
      nanos += 1_000_000_000;
      progress.onStep(waited(step, step == 6 ? 0.76 : 0.04 / 9));
    }
    progress.close();
    assertEquals(
        List.of(
            "training: steps 1 to 30, 10 an epoch",
            "epoch 1/3, step 6/30: loss 1.0000, accuracy 0.0 %, 64 images/s, data wait 16 %, 0:24"
                + " left",
            "epoch 2/3, step 11/30: loss 1.0000, accuracy 0.0 %, 64 images/s, data wait 8 %, 0:19"
                + " left"),
        lines());
  }

  @Test
  void aShortWaitForDataIsNot() {
    progress.onStart(0, 30, 10);
    for (int step = 1; step <= 3; step++) {
      nanos += 1_000_000_000;
      progress.onStep(waited(step, 0.04));
    }
    progress.close();
    assertEquals(
        "epoch 1/3, step 3/30: loss 1.0000, accuracy 0.0 %, 64 images/s, 0:27 left",
        lines().get(1));
  }

  /** Steps that are done again count once, and the time in which no step was done counts not. */
  @Test
  void aLostSegmentLeavesNoTraceInTheFigures() {
    progress.onStart(0, 30, 10);
    for (int step = 1; step <= 4; step++) {
      progress.onStep(step(step, 1, 64));
    }
    for (int step = 5; step <= 8; step++) {
      nanos += 1_000_000_000;
      progress.onStep(step(step, 4, 0));
    }
    progress.onRestart(4, "executor 1 was lost");
    nanos += 100_000_000_000L;
    progress.onStep(step(5, 4, 0));
    for (int step = 6; step <= 8; step++) {
      nanos += 1_000_000_000;
      progress.onStep(step(step, 4, 0));
    }
    progress.close();
    assertEquals(
        "epoch 1/3, step 8/30: loss 2.5000, accuracy 50.0 %, 64 images/s, 0:22 left",
        lines().get(lines().size() - 1));
  }

  @Test
  void noFiguresAreShownOfALostSegmentAlone() {
    progress.onStart(0, 30, 10);
    progress.onStep(step(1, 4, 0));
    progress.onRestart(0, "executor 1 was lost");
    progress.close();
    assertEquals(
        List.of(
            "training: steps 1 to 30, 10 an epoch",
            "a segment was lost (executor 1 was lost); going on from step 0"),
        lines());
  }

  @Test
  void aLostSegmentTakesTheBarBack() {
    try (Progress bar = new BarProgress(err, () -> nanos)) {
      bar.onStart(0, 30, 10);
      for (int step = 1; step <= 11; step++) {
        bar.onStep(step(step, 4, 0));
      }
      bar.onRestart(1, "executor 1 was lost");
      bar.onStep(step(2, 2, 64));
    }
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("loss 3.0000, accuracy 50.0 %"), text);
    assertTrue(text.contains("going on from step 1"), text);
  }

  @Test
  void otherEventsAreTold() {
    progress.onStart(0, 94, 10);
    progress.onRestart(40, "executor 1 was lost");
    progress.onValidation(new ValidationResult(90, 500, 0.25, 0.934));
    progress.onRefresh(90, 54_000);
    progress.onSnapshot(90, 2, 5);
    progress.onEarlyStop(90, "enough");
    progress.onEvaluation(94, new Evaluator.Result(1000, 321.5, 912));
    assertEquals(
        List.of(
            "training: steps 1 to 94, 10 an epoch",
            "a segment was lost (executor 1 was lost); going on from step 40",
            "step 90: validation accuracy 93.40 %, validation loss 0.2500",
            "step 90: batch norm of the averaged weights is measured on 54,000 training images",
            "step 90: snapshot 2 of 5 is kept",
            "step 90: stopped early: enough",
            "step 94: test accuracy 91.20 %, test loss 0.3215"),
        lines());
  }

  @Test
  void theDisplayIsChosen() {
    assertTrue(Progress.choose(null, true, err) instanceof BarProgress);
    assertTrue(Progress.choose(null, false, err) instanceof PlainProgress);
    assertTrue(Progress.choose("plain", true, err) instanceof PlainProgress);
    assertTrue(Progress.choose("none", true, err) instanceof NoProgress);
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> Progress.choose("fancy", true, err));
    assertEquals("-Dconvoy.progress is bar, plain or none; got 'fancy'", error.getMessage());
  }

  @Test
  void theBarShowsTheSameFigures() {
    try (Progress bar = new BarProgress(err, () -> nanos)) {
      bar.onStart(0, 10, 5);
      bar.onStep(step(1, 1.5, 16));
      bar.say("between");
      bar.onStep(step(2, 0.5, 48));
    }
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("epoch 1/2 ["), text);
    assertTrue(text.contains("] loss 1.0000, accuracy 50.0 %"), text);
    assertTrue(lines().stream().anyMatch(line -> line.endsWith("between")), text);
  }

  private static StepReport waited(int step, double seconds) {
    return new StepReport(
        step, (step - 1) / 10, 64, 1, 0, 0.1f, null, 1, seconds, List.of(), Map.of());
  }

  private static StepReport step(int step, double loss, int correct) {
    return new StepReport(
        step, (step - 1) / 10, 64, loss, correct, 0.1f, null, 1, 0, List.of(), Map.of());
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
