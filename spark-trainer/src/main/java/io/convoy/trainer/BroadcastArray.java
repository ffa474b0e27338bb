package io.convoy.trainer;

import io.convoy.worker.StateSlices;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An array that every task may read, broadcast in slices until this is closed. */
final class BroadcastArray implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BroadcastArray.class);

  private final List<Broadcast<float[]>> slices;

  BroadcastArray(JavaSparkContext spark, float[] array) {
    slices = StateSlices.cut(array).stream().map(spark::broadcast).toList();
  }

  List<Broadcast<float[]>> slices() {
    return slices;
  }

  @Override
  public void close() {
    for (Broadcast<float[]> slice : slices) {
      try {
        slice.destroy(true);
      } catch (Exception e) { // an undeclared SparkException of Scala's
        LOG.debug("an executor that is gone cannot forget a slice", e);
      }
    }
  }
}
