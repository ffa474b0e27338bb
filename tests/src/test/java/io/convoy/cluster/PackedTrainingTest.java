package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.checkpoint.Hdfs;
import io.convoy.data.SampleSource;
import io.convoy.data.examine.DamageRule;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.pack.DrawnImages;
import io.convoy.pack.PackDataSet;
import io.convoy.pack.job.ImagePack;
import io.convoy.pack.job.PackListener;
import io.convoy.pack.job.PackOptions;
import io.convoy.pack.job.PackSummary;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.storage.HadoopFiles;
import io.convoy.train.LocalTrainer;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingJob;
import io.convoy.trainer.TrainingListener;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Executors of their own pack images from HDFS to HDFS, and train on them: to the known bits. */
@Tag("slow")
@ExtendWith(Hdfs.class)
final class PackedTrainingTest {
  private static final int IMAGES = 157;

  @Test
  void executorsPackAndTrain(MiniDFSCluster cluster) throws Exception {
    String source = cluster.getURI() + "/images";
    draw(cluster.getFileSystem(), source);
    String out = cluster.getURI() + "/packs/drawn";
    PackDataSet set = new PackDataSet(out, 1);
    Recipe recipe = Trainings.recipe(Trainings.MOMENTUM, 20, 2, Sync.PEERS);
    String weights;
    try (JavaSparkContext spark = Sessions.executors(2)) {
      PackOptions options = new PackOptions(3, 1 << 16, List.of(), DamageRule.REFUSE);
      PackSummary summary = ImagePack.pack(spark, source, out, null, options, PackListener.NONE);
      assertEquals(IMAGES, summary.sets().get(0).images());
      assertEquals(2, summary.sets().get(0).files());
      String run = cluster.getURI() + "/runs/packed";
      TrainingJob job = new TrainingJob(recipe, set, null, run, false, 2, 1);
      weights = new SparkTrainer(spark).train(job, new TrainingListener() {}).weightsSha256();
    }
    HadoopFiles files = new HadoopFiles(cluster.getConfiguration(0));
    try (SampleSource packed = set.open(files);
        LocalTrainer trainer = new LocalTrainer(recipe, packed, KernelProvider.kernels(), 1)) {
      trainer.train(trainer.totalSteps(), report -> {});
      assertEquals(trainer.state().weightsSha256(), weights);
    }
  }

  private static void draw(FileSystem files, String folder) throws IOException {
    for (int i = 0; i < IMAGES; i++) {
      Path path = new Path("%s/class %s/%s.png".formatted(folder, i * 7 % 10, i));
      try (OutputStream file = files.create(path)) {
        file.write(DrawnImages.png(i, 13, 13));
      }
    }
  }
}
