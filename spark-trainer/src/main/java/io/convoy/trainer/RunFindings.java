package io.convoy.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.evaluation.EvaluationReport;
import io.convoy.recipe.Recipe;
import io.convoy.report.FollowedRun;
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
 */
final class RunFindings {
  private static final Logger LOG = LoggerFactory.getLogger(RunFindings.class);

  /** The report of a checkpoint waits until this many times its own cost have gone by. */
  private static final int LEAST_PAUSE = 100;

  private final RunFolder folder;
  private final Recipe recipe;
  private final Configuration configuration;
  private final FollowedRun followed;
  private long nextReport = System.nanoTime();

  /**
   * @param folder owned by this driver
   * @param recipe of the run
   * @param configuration where file systems are found
   */
  RunFindings(RunFolder folder, Recipe recipe, Configuration configuration) {
    this.folder = folder;
    this.recipe = recipe;
    this.configuration = configuration;
    this.followed = new FollowedRun(folder.location(), configuration);
  }

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

  /** Writes a file that a report shows, once that is made. */
  void write(String name, Supplier<JsonNode> figures) {
    orWarn(name, "report", () -> folder.writeFigures(name, figures.get()));
  }

  /**
   * Writes {@code report.html} as the run stands at a checkpoint, unless the last one was written
   * so lately that reports would take more than a hundredth of the time.
   */
  synchronized void writeReportInPassing() {
    long start = System.nanoTime();
    if (start - nextReport >= 0) {
      writeReport();
      long end = System.nanoTime();
      nextReport = end + LEAST_PAUSE * (end - start);
    }
  }

  /** Writes {@code report.html}; of the metrics, it reads what has come since the last time. */
  synchronized void writeReport() {
    orWarn(RunReport.FILE, "report", () -> RunReport.write(followed, configuration));
  }

  private static void orWarn(String file, String command, Runnable writing) {
    try {
      writing.run();
    } catch (ConvoyException e) {
      LOG.warn("no {}: {}; convoy {} makes one later", file, e.getMessage(), command);
    }
  }
}
