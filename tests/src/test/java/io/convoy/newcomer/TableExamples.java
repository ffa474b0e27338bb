package io.convoy.newcomer;

import java.io.IOException;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What docs/spark.md shows of tables, in Java and in Scala. Public, since Scala is compiled into a
 * class of another class loader.
 */
public interface TableExamples {
  /** Those in Java. */
  TableExamples JAVA =
      new TableExamples() {
        @Override
        public Dataset<Row> labelled(SparkSession spark, String run, String photos) {
          return SparkExamples.labelled(spark, run, photos);
        }

        @Override
        public PipelineModel trained(Dataset<Row> photos, String recipe, String run, String saved)
            throws IOException {
          return SparkExamples.trained(photos, recipe, run, saved);
        }
      };

  /** The section "A table of images". */
  Dataset<Row> labelled(SparkSession spark, String run, String photos);

  /** The section "Training in a pipeline". */
  PipelineModel trained(Dataset<Row> photos, String recipe, String run, String saved)
      throws IOException;
}
