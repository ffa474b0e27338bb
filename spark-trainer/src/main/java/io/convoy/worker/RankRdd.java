package io.convoy.worker;

import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * So many empty partitions: tasks to run something in. It holds no data, hence asks nothing of the
 * session's serializer.
 */
final class RankRdd extends RDD<Object> {
  private static final long serialVersionUID = 1L;

  private final int count;

  RankRdd(SparkContext spark, int count) {
    super(
        spark,
        CollectionConverters.<org.apache.spark.Dependency<?>>asScala(
                java.util.List.<org.apache.spark.Dependency<?>>of())
            .toSeq(),
        ClassTag$.MODULE$.apply(Object.class));
    this.count = count;
  }

  @Override
  public Iterator<Object> compute(Partition split, TaskContext context) {
    return CollectionConverters.asScala(java.util.Collections.emptyIterator());
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] partitions = new Partition[count];
    for (int i = 0; i < count; i++) {
      partitions[i] = new Index(i);
    }
    return partitions;
  }

  private record Index(int index) implements Partition {
    private static final long serialVersionUID = 1L;
  }
}
