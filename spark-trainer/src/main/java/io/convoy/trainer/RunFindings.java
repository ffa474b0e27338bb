package io.convoy.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.evaluation.EvaluationReport;
import io.convoy.recipe.Recipe;
import io.convoy.report.RunReport;
import io.convoy.run.EvaluationFile;
import io.convoy.run.RunFolder;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files in a run's folder that people look at, and that no training needs: where one cannot be
 * written, that is said, and the training goes on.
 *
 * @param folder owned by this driver
 * @param recipe of the run
 * @param configuration where file systems are found
 */
record RunFindings(RunFolder folder, Recipe recipe, Configuration configuration) {
  private static final Logger LOG = LoggerFactory.getLogger(RunFindings.class);

  /**
   * Writes what an evaluation has found.
   *
   * @param name of the file
   * @param step of the weights
   */
  void writeFigures(String name, long step, EvaluationReport figures) {
    String data = recipe.data().path() == null ? "" : recipe.data().path();
    EvaluationFile file = new EvaluationFile(folder.location(), step, null, data, figures);
    orWarn(name, "evaluate", () -> file.write(new Path(folder.location(), name), configuration));
  }

  /** Writes {@code pictures.json}. */
  void writePictures(Supplier<JsonNode> pictures) {
    orWarn(RunFolder.PICTURES, "report", () -> folder.writePictures(pictures.get()));
  }

  /** Writes {@code report.html}. */
  void writeReport() {
    orWarn(RunReport.FILE, "report", () -> RunReport.write(folder, configuration));
  }

  private static void orWarn(String file, String command, Runnable writing) {
    try {
      writing.run();
    } catch (ConvoyException e) {
      LOG.warn("no {}: {}; convoy {} makes one later", file, e.getMessage(), command);
    }
  }
}
