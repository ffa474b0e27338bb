package io.convoy.sql;

import io.convoy.error.ConvoyException;
import io.convoy.inference.EncodedImage;
import io.convoy.inference.Prediction;
import io.convoy.predict.PredictedRow;
import io.convoy.predict.Predictors;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The rows of a partition, each with its prediction behind its own values, in their order. Rows are
 * asked for somewhat ahead: as many wait as the predictor reads ahead, two batches.
 *
 * <p>What computes is given back behind the last row, and at the task's end at the latest: a limit
 * never asks for the last row.
 */
final class PredictedRows implements Iterator<Row> {
  private final PredictPartition how;
  private final Queue<Row> waiting = new ArrayDeque<>();
  private final Predictors.Borrowed borrowed;
  private final Iterator<Prediction> predictions;
  private boolean closed;

  /**
   * @param rows at least one
   */
  PredictedRows(PredictPartition how, Iterator<Row> rows) {
    this.how = how;
    borrowed = Predictors.borrow(how.model(), null, PredictFunction.threads());
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close());
    predictions = borrowed.predictor().predict(images(rows));
  }

  private Iterator<EncodedImage> images(Iterator<Row> rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public EncodedImage next() {
        Row row = rows.next();
        waiting.add(row);
        return row.isNullAt(how.column()) ? NO_IMAGE : how.image(row);
      }
    };
  }

  /** Stands for null, so that rows without an image wait in the same bounds as others. */
  private static final EncodedImage NO_IMAGE =
      new EncodedImage(
          null,
          () -> {
            throw ConvoyException.data("there is no image");
          },
          0,
          true);

  /** Another thread than the task's may ask for rows, and still do so at the task's end. */
  @Override
  public synchronized boolean hasNext() {
    if (closed) {
      return false;
    }
    if (!predictions.hasNext()) {
      close();
      return false;
    }
    return true;
  }

  @Override
  public synchronized Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Prediction prediction = predictions.next();
    Row row = waiting.remove();
    Object[] values = new Object[row.size() + 1];
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    values[row.size()] =
        row.isNullAt(how.column())
            ? null
            : PredictionStruct.of(
                PredictedRow.of(prediction, borrowed.classifier().classes(), how.options()),
                how.options());
    return RowFactory.create(values);
  }

  private synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    waiting.clear();
    borrowed.close();
  }
}
