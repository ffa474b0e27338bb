package io.convoy.ml;

import io.convoy.run.StoredModel;
import io.convoy.sql.ClassicSession;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.SparkSession;

/** Loads what an {@link ImageClassifierModelWriter} has saved. */
final class ImageClassifierModelReader extends MLReader<ImageClassifierModel> {
  @Override
  public ImageClassifierModel load(String path) {
    SparkSession spark = sparkSession();
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(path, spark, ImageClassifierModel.class.getName());
    StoredModel stored =
        StoredModel.copied(
            path + "/" + ImageClassifierModelWriter.MODEL,
            ClassicSession.context(spark).hadoopConfiguration());
    ImageClassifierModel model = new ImageClassifierModel(metadata.uid(), stored);
    metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
    return model;
  }
}
