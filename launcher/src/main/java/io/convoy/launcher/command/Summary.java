package io.convoy.launcher.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.json.Json;
import io.convoy.launcher.progress.DataWait;
import io.convoy.trainer.TrainingJob;
import io.convoy.trainer.TrainingOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a training came to, as it is printed at its end. */
final class Summary {
  private Summary() {}

  static List<String> of(TrainingJob job, TrainingOutcome outcome) {
    List<String> lines = new ArrayList<>();
    if (outcome.testAccuracy() != null) {
      lines.add(line("test accuracy", "%.2f %%", 100 * outcome.testAccuracy()));
    }
    if (outcome.testLoss() != null) {
      lines.add(line("test loss", "%.4f", outcome.testLoss()));
    }
    if (outcome.trainLoss() != null) {
      lines.add(line("training loss", "%.4f", outcome.trainLoss()));
    }
    if (outcome.bestStep() != null) {
      lines.add(
          line(
              "best",
              "step %d: validation accuracy %.2f %%, validation loss %.4f",
              outcome.bestStep(),
              100 * outcome.bestValidationAccuracy(),
              outcome.bestValidationLoss()));
    }
    if (Boolean.TRUE.equals(outcome.stoppedEarly())) {
      lines.add(line("stopped early", "validation no longer got better"));
    }
    lines.add(line("steps", "%d, %s", outcome.steps(), count(outcome.epochs(), "epoch")));
    lines.add(line("time", "%.1f s, %,.0f images/s", outcome.seconds(), outcome.imagesPerSecond()));
    if (outcome.dataWaitShare() != null) {
      lines.add(line("data wait", "%s", DataWait.inSum(outcome.dataWaitShare(), job.recipe())));
    }
    lines.add(
        line(
            "computed by",
            "%s with %s each, %s kernels of %d lanes",
            count(outcome.executors(), "executor"),
            count(outcome.threads(), "thread"),
            outcome.kernels(),
            outcome.lanes()));
    lines.add(line("weightsSha256", "%s", outcome.weightsSha256()));
    lines.add(line("run", "%s", job.run()));
    return lines;
  }

  /** The same as a JSON object: the run, its page if there is one, and {@code result.json}. */
  static ObjectNode json(TrainingJob job, TrainingOutcome outcome, Optional<String> report) {
    ObjectNode object = Json.object().put("run", job.run());
    report.ifPresent(page -> object.put("report", page));
    object.setAll((ObjectNode) Json.tree(outcome));
    return object;
  }

  private static String count(long number, String name) {
    return number + " " + name + (number == 1 ? "" : "s");
  }

  /** A line with its name in front. */
  static String line(String name, String format, Object... values) {
    return String.format(Locale.ROOT, "%-14s ", name) + String.format(Locale.ROOT, format, values);
  }
}
