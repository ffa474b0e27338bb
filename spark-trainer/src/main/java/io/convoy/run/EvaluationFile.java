package io.convoy.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.convoy.evaluation.EvaluationReport;
import io.convoy.inference.TestTime;
import io.convoy.json.Json;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The file {@code evaluation.json}.
 *
 * @param run what was evaluated
 * @param step of its checkpoint; null of an ensemble
 * @param testTime which versions of an image were looked at; null for the image alone
 * @param data where the images lay
 * @param figures all that is said
 */
public record EvaluationFile(
    String run,
    @JsonInclude(JsonInclude.Include.NON_NULL) Long step,
    @JsonInclude(JsonInclude.Include.NON_NULL) TestTime testTime,
    String data,
    EvaluationReport figures) {
  public EvaluationFile {
    testTime = testTime == TestTime.NONE ? null : testTime;
  }

  /**
   * Writes it, in place of what was there.
   *
   * @param file on any Hadoop file system
   * @throws io.convoy.error.ConvoyException as {@link FigureFile#write}
   */
  public void write(Path file, Configuration configuration) {
    FigureFile.write(file, Json.lines(this), configuration);
  }
}
