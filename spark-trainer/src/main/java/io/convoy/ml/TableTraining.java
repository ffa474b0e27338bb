package io.convoy.ml;

import io.convoy.data.DataSet;
import io.convoy.data.reader.Pack;
import io.convoy.pack.job.ImagePack;
import io.convoy.pack.job.PackOptions;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.run.RunFolder;
import io.convoy.storage.HadoopFiles;
import io.convoy.storage.StoreFolder;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingJob;
import io.convoy.trainer.TrainingListener;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training on the images of a table. Executors read images in an order of their own, again and
 * again: so the table becomes a packed set for as long as the training takes, beside its run.
 *
 * @param run the run's folder, where nothing is yet
 * @param executors tasks that train in step
 * @param threads of each
 */
record TableTraining(
    JavaSparkContext spark, Recipe recipe, String run, int executors, int threads) {
  private static final Logger LOG = LoggerFactory.getLogger(TableTraining.class);

  /**
   * Trains to the end.
   *
   * @param listener told of the training, once the table is packed
   */
  void train(Dataset<?> table, LabelledImages columns, TrainingListener listener) {
    new TrainingJob(recipe, null, null, run, false, executors, threads); // which checks them
    RunFolder.requireFree(run, spark.hadoopConfiguration());
    StoreFolder folder = StoreFolder.at(run, spark.hadoopConfiguration());
    Path packed = new Path(folder.root().getParent(), "." + folder.root().getName() + ".images");
    try {
      folder.fileSystem().delete(packed, true); // of a training that was killed
      pack(table, columns, packed.toString());
      train(packed.toString(), listener);
    } catch (IOException e) {
      throw folder.unwritable("take away", packed, e, "look after the store, and try again");
    } finally {
      takeAway(folder, packed);
    }
  }

  private void pack(Dataset<?> table, LabelledImages columns, String packed) {
    Dataset<Row> computed = columns.computed(table);
    try {
      PackOptions usual = PackOptions.DEFAULT;
      ImagePack.write(
          columns.named(computed),
          packed,
          new PackOptions(
                  usual.seed(),
                  usual.groupBytes(),
                  recipe.data().classes(),
                  recipe.data().damageRule())
              .withLabelDelimiter(recipe.data().labelDelimiter()));
    } finally {
      computed.unpersist();
    }
  }

  private void train(String packed, TrainingListener listener) {
    DataOptions given = recipe.data();
    DataOptions data =
        new DataOptions(
            new Pack(),
            packed,
            given.channels(),
            List.of(),
            null,
            null,
            null,
            given.size(),
            given.resizeShorter(),
            given.stretch(),
            given.decode(),
            given.background(),
            null,
            null,
            null);
    Recipe onPack = recipe.toBuilder().data(data).build();
    DataSet set =
        data.training(
            new HadoopFiles(spark.hadoopConfiguration()),
            packed,
            recipe.network().inputShape().channels());
    TrainingJob job = new TrainingJob(onPack, set, null, run, false, executors, threads);
    new SparkTrainer(spark).train(job, listener);
  }

  /** A folder that stays costs room alone: the next training of the name takes it away. */
  private static void takeAway(StoreFolder folder, Path packed) {
    try {
      folder.fileSystem().delete(packed, true);
    } catch (IOException e) {
      LOG.warn("{} stays, and can be deleted: {}", packed, StoreFolder.reason(e));
    }
  }
}
