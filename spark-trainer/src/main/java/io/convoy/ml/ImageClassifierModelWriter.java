package io.convoy.ml;

import io.convoy.sql.ClassicSession;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/** Saves a model: its parameters as Spark ML does, and beside them the files of its checkpoint. */
final class ImageClassifierModelWriter extends MLWriter {
  /** The folder of the checkpoint's files. */
  static final String MODEL = "model";

  private final ImageClassifierModel model;

  ImageClassifierModelWriter(ImageClassifierModel model) {
    this.model = model;
  }

  @Override
  public void saveImpl(String path) {
    DefaultParamsWriter.saveMetadata(model, path, sparkSession());
    model
        .stored()
        .copy(path + "/" + MODEL, ClassicSession.context(sparkSession()).hadoopConfiguration());
  }
}
