package io.convoy.predict;

import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.worker.JobFailure;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/** Runs the parts that are missing, and tells of each as soon as it is done. */
record PartJobs(SparkContext spark, PredictTask task) {
  private static final long LOOK_MILLIS = 200;

  /**
   * Runs parts.
   *
   * @param done told of each, on the caller's thread; what it throws ends the job
   * @throws ConvoyException what a task threw; of kind RESOURCE what else made the job fail
   */
  void run(RDD<Row> rows, Collection<Integer> parts, Consumer<DonePart> done) {
    PredictTask body = task;
    Function1<Iterator<Row>, byte[]> work =
        (Function1<Iterator<Row>, byte[]> & Serializable)
            part -> body.run(CollectionConverters.asJava(part));
    ConcurrentLinkedQueue<byte[]> ended = new ConcurrentLinkedQueue<>();
    List<Object> numbers = List.copyOf(parts);
    Seq<Object> partitions = CollectionConverters.asScala(numbers).toSeq();
    SimpleFutureAction<BoxedUnit> job =
        spark.submitJob(
            rows,
            work,
            partitions,
            (number, bytes) -> {
              ended.add(bytes);
              return BoxedUnit.UNIT;
            },
            () -> BoxedUnit.UNIT);
    try {
      boolean over = false;
      while (!over) {
        over = isOver(job);
        for (byte[] bytes = ended.poll(); bytes != null; bytes = ended.poll()) {
          done.accept(Json.read(bytes, DonePart.class, "a part"));
        }
      }
      Await.result(job, Duration.Inf());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConvoyException.resource("interrupted while images were predicted");
    } catch (Exception e) { // Scala declares no checked exceptions
      throw JobFailure.of(e);
    } finally {
      job.cancel();
    }
  }

  private static boolean isOver(SimpleFutureAction<?> job) throws InterruptedException {
    try {
      Await.ready(job, Duration.create(LOOK_MILLIS, TimeUnit.MILLISECONDS));
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }
}
