package io.convoy.worker;

import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * A few texts, a partition each. They travel with their tasks, so that the session's serializer,
 * which may want every class registered, sees none of it.
 */
public final class TextRdd extends RDD<String> {
  private static final long serialVersionUID = 1L;

  private final transient String[] texts;

  public TextRdd(SparkContext spark, List<String> texts) {
    super(
        spark,
        CollectionConverters.<org.apache.spark.Dependency<?>>asScala(
                List.<org.apache.spark.Dependency<?>>of())
            .toSeq(),
        ClassTag$.MODULE$.apply(String.class));
    this.texts = texts.toArray(String[]::new);
  }

  @Override
  public Iterator<String> compute(Partition split, TaskContext context) {
    return CollectionConverters.asScala(List.of(((Text) split).text()).iterator());
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] partitions = new Partition[texts.length];
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = new Text(i, texts[i]);
    }
    return partitions;
  }

  private record Text(int index, String text) implements Partition {
    private static final long serialVersionUID = 1L;
  }
}
