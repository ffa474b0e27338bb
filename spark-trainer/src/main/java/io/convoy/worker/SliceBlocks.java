package io.convoy.worker;

import io.convoy.error.ConvoyException;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockResult;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.storage.StreamBlockId;
import scala.Option;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Slices left with Spark's block manager, for others to fetch: how Spark itself moves large
 * results. Unlike task results they are not held to {@code spark.driver.maxResultSize}.
 */
final class SliceBlocks {
  private static final ClassTag<float[]> FLOATS = ClassTag$.MODULE$.apply(float[].class);

  private SliceBlocks() {}

  /**
   * @param attempt tells the blocks of one attempt from all others of the application
   */
  static void put(int attempt, int rank, int slice, float[] values) {
    boolean stored =
        blocks()
            .putSingle(
                id(attempt, rank, slice), values, StorageLevel.MEMORY_AND_DISK(), true, FLOATS);
    if (!stored) {
      throw ConvoyException.resource(
          "Spark's block manager has no room for a slice of %d bytes: give this JVM more memory, or"
              + " spark.local.dir more disk",
          4L * values.length);
    }
  }

  /**
   * Fetches a slice.
   *
   * @throws ConvoyException of kind RESOURCE when the JVM that held it is gone
   */
  static float[] fetch(int attempt, int rank, int slice) {
    StreamBlockId id = id(attempt, rank, slice);
    Option<BlockResult> block = blocks().get(id, FLOATS);
    if (block.isEmpty()) {
      throw ConvoyException.resource("slice %d of rank %d is not there any more", slice, rank);
    }
    Iterator<Object> data = block.get().data();
    float[] values = (float[]) data.next();
    if (data.hasNext()) { // asking is what gives up the lock, without which removal waits for ever
      throw new IllegalStateException("a slice is one array");
    }
    return values;
  }

  /** Has a slice removed wherever it is. */
  static void forget(int attempt, int rank, int slice) {
    blocks().master().removeBlock(id(attempt, rank, slice));
  }

  private static StreamBlockId id(int attempt, int rank, int slice) {
    // Spark Streaming counts its streams from 0 on: these are far above
    return new StreamBlockId(attempt | 1 << 30, ((long) rank << Integer.SIZE) | slice);
  }

  private static BlockManager blocks() {
    return SparkEnv.get().blockManager();
  }
}
