package io.convoy.sql;

import io.convoy.error.ConvoyException;
import io.convoy.inference.EncodedImage;
import io.convoy.inference.Prediction;
import io.convoy.predict.PredictOptions;
import io.convoy.predict.PredictedRow;
import io.convoy.predict.Predictors;
import io.convoy.predict.SharedModel;
import io.convoy.worker.Release;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;

/**
 * Predicts one image a call. It borrows what computes for that call alone, since Spark says of no
 * call that it is the last: so there are never more predictors in a JVM than tasks at once.
 *
 * @param driver that of the driver: another would give other bits
 */
record PredictFunction(Release driver, SharedModel model, PredictOptions options)
    implements UDF1<Object, Row> {
  private static final long serialVersionUID = 1L;

  /** What errors call an image that has no name. */
  private static final String IMAGE = "the image";

  /**
   * @param image its bytes; null gives null
   */
  @Override
  public Row call(Object image) {
    if (image == null) {
      return null;
    }
    if (!(image instanceof byte[] bytes)) {
      throw ConvoyException.usage(
          "the function takes images' bytes, a column of type binary; got a %s: to read files, use"
              + " spark.read().format(\"binaryFile\"), and give it the column content",
          image.getClass().getSimpleName());
    }
    driver.requireHere();
    try (Predictors.Borrowed borrowed = Predictors.borrow(model, null, threads())) {
      Prediction prediction = borrowed.predictor().predict(EncodedImage.of(IMAGE, bytes));
      return PredictionStruct.of(
          PredictedRow.of(prediction, borrowed.classifier().classes(), options), options);
    }
  }

  /** Where Spark computes a small table while it plans, on the driver, there is no task. */
  static int threads() {
    TaskContext task = TaskContext.get();
    return task == null ? 1 : Math.max(1, task.cpus());
  }
}
