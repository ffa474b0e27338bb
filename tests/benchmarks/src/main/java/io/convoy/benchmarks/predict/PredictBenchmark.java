package io.convoy.benchmarks.predict;

import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.benchmarks.timing.Options;
import io.convoy.benchmarks.timing.Spread;
import io.convoy.error.ConvoyException;
import io.convoy.inference.EncodedImage;
import io.convoy.inference.Model;
import io.convoy.inference.Prediction;
import io.convoy.inference.Predictor;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.storage.PromptClose;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Times all jobs in turns, and what they cannot do without. */
final class PredictBenchmark implements AutoCloseable {
  /** Files that are decoded by themselves. */
  private static final int ALONE = 512;

  /** Images on which all libraries have to agree before any is timed. */
  private static final int COMPARED = 16;

  /** Logits that differ by more than this share come from another network. */
  private static final double ERROR_LIMIT = 1e-3;

  private final NetworkProblem problem;
  private final int threads;
  private final int rounds;
  private final SparkSession session;
  private final List<byte[]> files;
  private final List<PredictJob> jobs = new ArrayList<>();
  private final List<PeerTask> peers = new ArrayList<>();

  PredictBenchmark(
      NetworkProblem problem, String place, List<PeerLibrary> libraries, Options options) {
    this.problem = problem;
    threads = options.threads();
    rounds = options.budget().leastRounds();
    SparkSession.Builder builder = SparkSession.builder();
    PromptClose.SETTINGS.forEach((key, value) -> builder.config("spark.hadoop." + key, value));
    session =
        builder
            .master("local[%s]".formatted(threads))
            .appName("bench predict")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    files = some(new Path(place), spark);
    Path out = new Path(place.replaceAll("/+$", "") + ".labelled");
    clear(out, spark); // of a benchmark that was ended
    jobs.add(new ConvoyJob(spark, ProblemModel.of(problem), place, new Path(out, "convoy")));
    for (PeerLibrary library : libraries) {
      PeerTask task = new PeerTask(library.name(), problem.name(), problem.batch());
      peers.add(task);
      jobs.add(new PeerJob(session, task, place, new Path(out, library.name())));
    }
  }

  /** Takes a folder away, where it is there. */
  static void clear(Path folder, JavaSparkContext spark) {
    try {
      folder.getFileSystem(spark.hadoopConfiguration()).delete(folder, true);
    } catch (IOException e) {
      throw new ConvoyException(ConvoyException.Kind.RESOURCE, "cannot clear " + folder, e);
    }
  }

  /** Images from all over the set: those at its start may be of another kind. */
  private static List<byte[]> some(Path place, JavaSparkContext spark) {
    List<byte[]> images = new ArrayList<>();
    try {
      FileSystem store = place.getFileSystem(spark.hadoopConfiguration());
      List<Path> files = counted(store, place);
      int chosen = Math.min(files.size(), ALONE);
      int each = (ALONE + chosen - 1) / Math.max(1, chosen);
      for (int i = 0; i < chosen; i++) {
        Path file = files.get((int) ((long) i * files.size() / chosen));
        try (FSDataInputStream in = store.open(file)) {
          StoredImage.of(file.getName(), in.readAllBytes()).stream()
              .limit(each)
              .forEach(image -> images.add(image.bytes()));
        }
      }
    } catch (FileNotFoundException e) {
      throw ConvoyException.usage("there is nothing at %s", place);
    } catch (IOException e) {
      throw new ConvoyException(ConvoyException.Kind.RESOURCE, "cannot read " + place, e);
    }
    if (images.isEmpty()) {
      throw ConvoyException.usage("%s holds no files", place);
    }
    return images;
  }

  private static List<Path> counted(FileSystem store, Path place) throws IOException {
    List<Path> files = new ArrayList<>();
    PathFilter counting = new GlobFilter(StoredImage.FILES);
    RemoteIterator<LocatedFileStatus> all = store.listFiles(place, true);
    while (all.hasNext()) {
      Path file = all.next().getPath();
      if (counting.accept(file)) {
        files.add(file);
      }
    }
    files.sort(null);
    return files;
  }

  /** Something that is measured: gives the seconds of a core that an image takes. */
  private record Contender(String name, DoubleSupplier secondsAnImage) {}

  /** Measures, and writes a table. */
  void run(PrintStream table) {
    peers.forEach(this::requireSameLogits);
    try (Alone alone = new Alone(problem, files, threads)) {
      List<Contender> contenders = new ArrayList<>();
      contenders.add(new Contender("decoding alone", alone::decoding));
      contenders.add(new Contender("inference alone", alone::inference));
      jobs.forEach(job -> contenders.add(new Contender(job.name(), () -> secondsAnImage(job))));
      write(table, contenders, measure(contenders));
    }
  }

  /** Of a core. */
  private double secondsAnImage(PredictJob job) {
    long start = System.nanoTime();
    long images = job.run();
    return (System.nanoTime() - start) / 1e9 * threads / images;
  }

  /** In turns; a round that warms up goes before. */
  private List<Spread> measure(List<Contender> contenders) {
    double[][] seconds = new double[contenders.size()][rounds];
    for (int round = -1; round < rounds; round++) {
      for (int turn = 0; turn < seconds.length; turn++) {
        int next = Math.floorMod(round + turn, seconds.length);
        Contender contender = contenders.get(next);
        double once = contender.secondsAnImage.getAsDouble();
        System.err.printf(
            Locale.ROOT,
            "round %d of %d: %s, %.3f ms of a core an image%n",
            round + 1,
            rounds,
            contender.name,
            once * 1e3);
        if (round >= 0) {
          seconds[next][round] = once;
        }
      }
    }
    return Arrays.stream(seconds).map(Spread::of).toList();
  }

  private void write(PrintStream out, List<Contender> contenders, List<Spread> seconds) {
    double least = seconds.get(0).median() + seconds.get(1).median();
    double ours = seconds.get(2).median();
    out.println(
        "| network | contender | images/s a core | of 1 / (decoding + inference) | Convoy over it"
            + " | ± % |");
    out.println("|---|---|---|---|---|---|");
    for (int i = 0; i < seconds.size(); i++) {
      Spread spread = seconds.get(i);
      boolean job = i >= 2;
      out.println(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.1f | %s | %s | %.0f |",
              problem.name(),
              contenders.get(i).name,
              1 / spread.median(),
              job ? String.format(Locale.ROOT, "%.2f", least / spread.median()) : "",
              job ? String.format(Locale.ROOT, "%.2f", spread.median() / ours) : "",
              spread.percent() / 2));
    }
  }

  private void requireSameLogits(PeerTask task) {
    List<byte[]> some = files.subList(0, Math.min(files.size(), Math.min(COMPARED, task.batch())));
    float[][] theirs = task.logits(some);
    float[][] ours = logits(ProblemModel.of(problem), some);
    double squares = 0;
    double worst = 0;
    for (int i = 0; i < ours.length; i++) {
      for (int label = 0; label < ours[i].length; label++) {
        squares += (double) ours[i][label] * ours[i][label];
        worst = Math.max(worst, Math.abs(ours[i][label] - theirs[i][label]));
      }
    }
    double error = worst / Math.sqrt(squares / ours.length / ours[0].length);
    System.err.printf(Locale.ROOT, "%s: logits differ by %.1e%n", task.library(), error);
    if (!(error < ERROR_LIMIT)) {
      throw ConvoyException.data(
          "%s gives other logits: they differ by %s of their root mean square",
          task.library(), error);
    }
  }

  private static float[][] logits(Model model, List<byte[]> files) {
    try (WorkPool pool = new WorkPool(1);
        Predictor predictor = new Predictor(model, KernelProvider.kernels(), pool)) {
      return files.stream()
          .map(file -> predictor.predict(EncodedImage.of("a file", file)))
          .map(Prediction::logits)
          .toArray(float[][]::new);
    }
  }

  @Override
  public void close() {
    session.stop();
  }
}
