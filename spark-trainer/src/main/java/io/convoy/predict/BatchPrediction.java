package io.convoy.predict;

import io.convoy.data.folder.LeftOut;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Classifier;
import io.convoy.inference.TestTime;
import io.convoy.storage.HadoopFiles;
import io.convoy.train.Numerics;
import io.convoy.worker.Release;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Labels stored images in batch: {@code convoy predict} for programs and notebooks. */
public final class BatchPrediction {
  private static final int NAMED = 5;

  /** Bytes of a table's part: about a row group, which is the least that is read by itself. */
  private static final String PART_BYTES = "32m";

  private final JavaSparkContext spark;
  private final Classifier classifier;
  private final PredictOptions options;
  private final PredictListener listener;
  private final HadoopFiles files;

  /**
   * @param spark the user's own session; it needs no setting
   * @param classifier a model or an ensemble
   * @throws ConvoyException of kind USAGE when the options want of it what it has not
   */
  public BatchPrediction(
      JavaSparkContext spark,
      Classifier classifier,
      PredictOptions options,
      PredictListener listener) {
    this.spark = spark;
    this.classifier = classifier;
    this.options = options.of(classifier);
    this.listener = listener;
    files = new HadoopFiles(spark.hadoopConfiguration());
    options.requireOf(classifier);
  }

  /**
   * Predicts the images at a place: each gives one row, also one that cannot be read.
   *
   * @param place an image file, a folder of images of any depth, or a glob of these; a tar file, or
   *     a folder of such; a table of paths or of images; a packed set; on any Hadoop file system
   * @param column of a table, which has the paths; null for one of the usual names
   * @param out the folder of the rows; nothing is there yet
   * @param resume whether to go on with what a job that was killed has left there, if it has
   * @throws ConvoyException of kind DATA when more images are of no use than the options allow, or
   *     there are none; USAGE when a place cannot be meant; RESOURCE when the store or the cluster
   *     fails
   */
  public PredictSummary run(String place, String column, String out, boolean resume) {
    RowFolder folder = RowFolder.of(out, files.configuration());
    ImageInput input = new ImageSources(tables(), files, column).at(place);
    input.notes().forEach(listener::say);
    RDD<Row> rows = input.rows();
    int parts = rows.getNumPartitions();
    if (folder.begin(plan(input, parts), resume)) {
      listener.say("going on with what is predicted already in " + folder.place());
    }
    TreeMap<Integer, DonePart> done = folder.done(options.format());
    predict(place, folder, rows, input.images(), done);
    judge(place, done, sum(done), true);
    tellLeftOut(place, done);
    folder.commit(done.values(), options.format());
    Sum sum = sum(done);
    return new PredictSummary(folder.out().toString(), sum.images, sum.failed, parts);
  }

  /** A session in which tables are cut into the same parts whatever the cluster. */
  private SparkSession tables() {
    SparkSession session =
        SparkSession.builder().config(spark.getConf()).getOrCreate().newSession();
    session.conf().set("spark.sql.files.minPartitionNum", "1");
    session.conf().set("spark.sql.files.maxPartitionBytes", PART_BYTES);
    // by default thousands of rows are read at a time: of images, that is gigabytes
    session.conf().set("spark.sql.parquet.columnarReaderBatchSize", "16");
    return session;
  }

  private PredictPlan plan(ImageInput input, int parts) {
    return new PredictPlan(
        Numerics.VERSION,
        classifier.fingerprint(),
        input.listing(),
        parts,
        options.format(),
        options.top(),
        options.logits(),
        options.probabilities(),
        options.embedding(),
        options.testTime() == TestTime.NONE ? null : options.testTime());
  }

  private void predict(
      String place, RowFolder folder, RDD<Row> rows, long images, TreeMap<Integer, DonePart> done) {
    int parts = rows.getNumPartitions();
    List<Integer> missing =
        IntStream.range(0, parts).filter(part -> !done.containsKey(part)).boxed().toList();
    Sum before = sum(done);
    listener.begin(images, parts, before.images, done.size());
    if (missing.isEmpty()) {
      return;
    }
    SharedModel shared = SharedModel.of(spark, classifier);
    PredictTask task = new PredictTask(Release.OWN, shared, files, folder.place(), options);
    new PartJobs(spark.sc(), task)
        .run(
            rows,
            missing,
            part -> {
              done.put(part.number(), part);
              Sum sum = sum(done);
              listener.at(sum.images, done.size());
              if (images != ImageInput.UNKNOWN) {
                judge(place, done, new Sum(images, sum.failed), false);
              }
            });
  }

  /**
   * Images, of all parts or of some.
   *
   * @param failed how many of them could not be read
   */
  private record Sum(long images, long failed) {}

  private static Sum sum(TreeMap<Integer, DonePart> parts) {
    return new Sum(
        parts.values().stream().mapToLong(DonePart::images).sum(),
        parts.values().stream().mapToLong(DonePart::failed).sum());
  }

  private void judge(String place, TreeMap<Integer, DonePart> done, Sum sum, boolean all) {
    if (options.maxFailures().allows(sum.failed, sum.images)) {
      return;
    }
    List<String> errors =
        done.values().stream().flatMap(part -> part.errors().stream()).limit(NAMED).toList();
    throw ConvoyException.data(
        "%s: %s%d of %d images cannot be predicted, more than --max-failures (%s) allows: mend them,"
            + " take them away, or allow more and go on by --resume: %s%s",
        place,
        all ? "" : "at least ",
        sum.failed,
        sum.images,
        options.maxFailures(),
        String.join("; ", errors),
        sum.failed > errors.size() ? "; and more" : "");
  }

  private void tellLeftOut(String place, TreeMap<Integer, DonePart> done) {
    LeftOut leftOut = new LeftOut();
    done.values().forEach(part -> leftOut.add(part.leftOut()));
    leftOut.inWords(place).forEach(listener::say);
  }
}
