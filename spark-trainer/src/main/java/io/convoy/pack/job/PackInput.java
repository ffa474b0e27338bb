package io.convoy.pack.job;

import java.util.List;
import java.util.SortedSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Where the images of one set come from. */
interface PackInput {
  /**
   * All images, and what is left out, as {@link ImageRows} describes them.
   *
   * @param contents whether images that have no file of their own are wanted
   */
  JavaRDD<Row> images(SparkSession spark, boolean contents);

  /**
   * Which class each of the found ones is.
   *
   * @param chosen the names of the classes that the user wants, by label; empty for all
   * @throws io.convoy.error.ConvoyException of kind DATA when there is none, or no such label
   */
  ClassLabels labels(SortedSet<String> found, List<String> chosen);

  /** The source in words, for messages. */
  String place();
}
