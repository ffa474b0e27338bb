package io.convoy.pack.job;

import io.convoy.data.folder.Classes;
import io.convoy.images.ImageRows;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Where the images of one set come from. */
interface PackInput {
  /**
   * All images, and what is left out, as {@link ImageRows} describes them.
   *
   * @param classes those that are wanted: others need not be looked into
   * @param contents whether images that have no file of their own are wanted
   */
  JavaRDD<Row> images(SparkSession spark, Classes classes, boolean contents);

  /**
   * The sets that it turns out to hold: itself, or a training set and a test set.
   *
   * @param name of the set that it was taken for
   * @param survey of all that it holds
   */
  default List<Part> sets(String name, Survey survey) {
    return List.of(new Part(new NamedInput(name, this), survey));
  }

  /**
   * A set, and what it holds.
   *
   * @param survey of its images
   */
  record Part(NamedInput set, Survey survey) {}

  /**
   * Which class each of the found ones is.
   *
   * @param classes those that are wanted
   * @throws io.convoy.error.ConvoyException of kind DATA when a class is missing, or may not be
   */
  ClassLabels.Sorted labels(Survey survey, Classes classes);

  /** The source in words, for messages. */
  String place();

  /** What a user may not expect of how it was found; most often nothing. */
  default List<String> notes() {
    return List.of();
  }
}
