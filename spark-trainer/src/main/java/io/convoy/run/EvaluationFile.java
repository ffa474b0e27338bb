package io.convoy.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.convoy.error.ConvoyException;
import io.convoy.evaluation.EvaluationReport;
import io.convoy.inference.TestTime;
import io.convoy.json.Json;
import io.convoy.storage.StoreFolder;
import io.convoy.storage.WholeFiles;
import java.io.IOException;
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
   * @throws ConvoyException of kind RESOURCE when it cannot be written there
   */
  public void write(Path file, Configuration configuration) {
    if (file.getParent() == null) {
      throw ConvoyException.usage("%s is a folder: name a file for the figures", file);
    }
    StoreFolder folder = StoreFolder.at(file.getParent().toString(), configuration);
    try {
      new WholeFiles(folder, 0).replace(file, stream -> stream.write(Json.lines(this)));
    } catch (IOException e) {
      throw folder.unwritable(
          "write", file, e, "make room or give access there, or have it written elsewhere");
    }
  }
}
