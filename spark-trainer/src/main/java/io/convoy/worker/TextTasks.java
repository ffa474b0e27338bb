package io.convoy.worker;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Function2;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Runs a function on texts, a task each. What comes of a text is told as soon as it is there, so
 * that the driver need not hold all of it.
 */
public final class TextTasks {
  private TextTasks() {}

  /** What is done with a text. */
  @FunctionalInterface
  public interface Body extends Serializable {
    byte[] run(String text);
  }

  /**
   * Runs all, each retried by Spark, where the driver's {@link Release} would run it.
   *
   * @param ended told what came of a text, in any order, one at a time
   * @throws io.convoy.error.ConvoyException what a task threw; of kind RESOURCE what else made the
   *     job fail
   */
  public static void run(
      JavaSparkContext spark, List<String> texts, Body body, Consumer<byte[]> ended) {
    Release driver = Release.OWN; // of this process: it travels with the body
    Function2<TaskContext, Iterator<String>, byte[]> task =
        (Function2<TaskContext, Iterator<String>, byte[]> & Serializable)
            (context, text) -> {
              driver.requireHere();
              return body.run(text.next());
            };
    Function2<Object, byte[], BoxedUnit> result =
        (partition, bytes) -> {
          ended.accept(bytes);
          return BoxedUnit.UNIT;
        };
    List<Object> all = IntStream.range(0, texts.size()).<Object>mapToObj(i -> i).toList();
    Seq<Object> partitions = CollectionConverters.asScala(all).toSeq();
    try {
      spark
          .sc()
          .runJob(
              new TextRdd(spark.sc(), texts),
              task,
              partitions,
              result,
              ClassTag$.MODULE$.apply(byte[].class));
    } catch (Exception e) { // Scala declares no checked exceptions
      throw JobFailure.of(e);
    }
  }
}
