package io.convoy.sql;

import io.convoy.inference.EncodedImage;
import io.convoy.predict.PredictOptions;
import io.convoy.predict.SharedModel;
import io.convoy.storage.HadoopFiles;
import io.convoy.worker.Release;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Adds predictions to the rows of a partition, in batches.
 *
 * @param driver that of the driver: another would give other bits
 * @param column of the images, from 0
 * @param name of that column, for errors
 * @param files where the images lie that the column names; null where it has their bytes
 */
record PredictPartition(
    Release driver,
    SharedModel model,
    PredictOptions options,
    int column,
    String name,
    HadoopFiles files)
    implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    driver.requireHere();
    return rows.hasNext() ? new PredictedRows(this, rows) : Collections.emptyIterator();
  }

  EncodedImage image(Row row) {
    if (files != null) {
      String path = row.getString(column);
      return EncodedImage.reading(path, () -> StoredImage.read(files, path));
    }
    byte[] bytes = row.getAs(column);
    return EncodedImage.of("the image of column " + name, bytes);
  }
}
