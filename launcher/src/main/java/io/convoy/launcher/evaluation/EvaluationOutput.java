package io.convoy.launcher.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.evaluation.EvaluationTable;
import io.convoy.json.Json;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.terminal.Console;
import io.convoy.report.RunReport;
import io.convoy.run.EvaluationFile;
import io.convoy.run.RunFolder;
import io.convoy.storage.StoreFolder;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/**
 * Where the figures of an evaluation go: to the terminal, and into a file.
 *
 * @param json whether the terminal gets one JSON object
 * @param out the file; null for {@code evaluation.json} in the folder of what was evaluated
 */
public record EvaluationOutput(Console console, Locations locations, boolean json, String out) {
  /**
   * Tells them.
   *
   * @param accuracy in [0, 1]
   * @param loss in nats; NaN where an image has none
   * @param subject the line that says what was evaluated
   */
  public void tell(EvaluationFile file, double accuracy, double loss, String subject) {
    if (json) {
      console.out().println(object(file, accuracy, loss));
    } else {
      long samples = file.figures().samples();
      console
          .out()
          .printf(
              Locale.ROOT,
              "test accuracy %.2f %% (%d of %d images)%ntest loss     %.4f%n%s%n%n",
              100 * accuracy,
              Math.round(accuracy * samples),
              samples,
              loss,
              subject);
      EvaluationTable.lines(file.figures()).forEach(console.out()::println);
    }
    write(file);
  }

  private static ObjectNode object(EvaluationFile file, double accuracy, double loss) {
    ObjectNode object = Json.object();
    object.put("run", file.run());
    if (file.step() != null) {
      object.put("step", file.step());
    }
    if (file.testTime() != null) {
      object.put("testTime", file.testTime().text());
    }
    object.put("samples", file.figures().samples());
    object.put("testAccuracy", accuracy).put("testLoss", loss);
    object.set("figures", Json.tree(file.figures()));
    return object;
  }

  /** What is somebody else's, and cannot be written to, is evaluated all the same. */
  private void write(EvaluationFile file) {
    Path place = StoreFolder.at(file.run(), locations.configuration()).path(RunFolder.EVALUATION);
    try {
      file.write(
          out == null ? place : new Path(locations.absolute(out)), locations.configuration());
      if (out == null && locations.exists(new Path(place.getParent(), "run.json").toString())) {
        RunReport.write(
            RunFolder.open(file.run(), locations.configuration()), locations.configuration());
      }
    } catch (ConvoyException e) {
      if (out != null) {
        throw e;
      }
      console.err().println("not kept: " + e.getMessage() + "; --out FILE keeps them");
    }
  }
}
