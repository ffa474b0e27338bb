package io.convoy.trainer;

import io.convoy.worker.StateSlices;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An array that every task may read, broadcast in slices until this is closed. */
final class BroadcastArray implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BroadcastArray.class);

  private final List<Broadcast<float[]>> slices = new ArrayList<>();

  BroadcastArray(JavaSparkContext spark, float[] array) {
    try {
      for (float[] slice : StateSlices.cut(array)) {
        slices.add(spark.broadcast(slice));
      }
    } catch (Throwable failure) { // the block manager is full, say: nobody else has the others
      close();
      throw failure;
    }
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
