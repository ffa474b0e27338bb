package io.convoy.predict;

import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;

/** Images to predict, in parts: a part is a task, and a file of rows. */
interface ImageInput {
  /** Where nobody has counted the images. */
  long UNKNOWN = -1;

  /**
   * All images, in parts, as {@link io.convoy.images.ImageRows} has them; rows without a found
   * class tell what is left out. The parts, and the order of rows in them, are the same each time,
   * on any cluster.
   */
  RDD<Row> rows();

  /** How many images there are; {@link #UNKNOWN} where that takes to read them all. */
  long images();

  /** SHA-256 of all that is known of the images without reading them. */
  String listing();

  /** What is told of how they were found; most often nothing. */
  List<String> notes();
}
