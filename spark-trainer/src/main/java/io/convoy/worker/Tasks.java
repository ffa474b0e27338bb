package io.convoy.worker;

import io.convoy.error.ConvoyException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.Function1;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Runs a function in so many tasks. What tasks return are {@code byte[]} and {@code float[]} alone,
 * which every serializer knows: a user's session need not register anything.
 */
public final class Tasks {
  private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

  private Tasks() {}

  /** What a task does. */
  @FunctionalInterface
  public interface Body extends Serializable {
    /**
     * @param partition from 0 to tasks - 1
     * @return arrays of bytes or floats
     */
    java.util.Iterator<Object> run(int partition) throws Exception;
  }

  /**
   * All tasks at once, in one barrier stage, which is never retried by Spark. Of what a task throws
   * there, Spark hands on the text alone: a body that has more to say returns it, and whether it
   * runs the driver's {@link Release} is for it to see.
   *
   * @throws ConvoyException what a task threw; of kind RESOURCE what else made the job fail
   */
  public static List<Object> together(JavaSparkContext spark, int tasks, Body body) {
    return collect(
        new RankRdd(spark.sc(), tasks).barrier().mapPartitions(function(body), false, ANY));
  }

  /**
   * Tasks on their own, each retried by Spark. None runs where another {@link Release} of Convoy
   * would run it.
   *
   * @throws ConvoyException what a task threw; of kind RESOURCE what else made the job fail
   */
  public static List<Object> apart(JavaSparkContext spark, int tasks, Body body) {
    Release driver = Release.OWN; // of this process: it travels with the body
    Body alike =
        partition -> {
          driver.requireHere();
          return body.run(partition);
        };
    return collect(new RankRdd(spark.sc(), tasks).mapPartitions(function(alike), false, ANY));
  }

  private static List<Object> collect(RDD<Object> results) {
    try {
      return JavaRDD.fromRDD(results, ANY).collect();
    } catch (Exception e) { // Scala declares no checked exceptions
      throw JobFailure.of(e);
    }
  }

  private static Function1<Iterator<Object>, Iterator<Object>> function(Body body) {
    return (Function1<Iterator<Object>, Iterator<Object>> & Serializable)
        nothing -> CollectionConverters.asScala(call(body));
  }

  private static java.util.Iterator<Object> call(Body body) {
    try {
      return body.run(TaskContext.getPartitionId());
    } catch (RuntimeException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConvoyException.resource("the task was cancelled");
    } catch (Exception e) {
      throw new ConvoyException(ConvoyException.Kind.INTERNAL, "a task failed: " + e, e);
    }
  }
}
