package io.convoy.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.pack.job.PackSession;
import io.convoy.sql.ImagePredictor;
import io.convoy.sql.PhotoTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a session keeps of its predictions. */
@ExtendWith(PackSession.class)
class PredictorsTest {
  private static final int CALLS = 200;

  /** Calls after which all is there that stays. */
  private static final int WARM = 50;

  private final JavaSparkContext context;

  PredictorsTest(JavaSparkContext context) {
    this.context = context;
  }

  /** What may not grow: threads of Convoy's by name, what computes, and open files. */
  private record Held(Map<String, Long> threads, int models, int idle, int lent) {
    static Held now() {
      Map<String, Long> threads =
          Thread.getAllStackTraces().keySet().stream()
              .map(Thread::getName)
              .filter(name -> name.startsWith("convoy"))
              .collect(
                  Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
      return new Held(threads, Predictors.models(), Predictors.idle(), Predictors.lent());
    }
  }

  /** Of this process; a jar that is open counts once, however often it is read. */
  private static long openFiles() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  /** A limit never asks for the last row: it is the task's end that gives all back. */
  @Test
  void manySmallQueriesLeaveNothingBehind() throws IOException {
    SparkSession spark = PackSession.sql(context);
    ImagePredictor predictor = ImagePredictor.of(spark, PredictSets.model());
    Dataset<Row> photos = PhotoTables.of(spark, 400).cache();
    predictor.register("convoy_predict");
    photos.createOrReplaceTempView("photos");
    predictor.predict(photos, "content").count(); // as many tasks at once as there can be
    spark.sql("SELECT convoy_predict(content).label FROM photos").collectAsList();
    Held before = Held.now();
    long files = openFiles();
    assertEquals(0, before.lent());
    assertTrue(before.idle() >= 1 && before.idle() <= 2, before::toString);
    for (int call = 0; call < WARM; call++) {
      tenOf(predictor, photos);
    }
    LiveObjects warm = LiveObjects.now();
    for (int call = WARM; call < CALLS; call++) {
      tenOf(predictor, photos);
    }
    assertNothingGrew(warm, LiveObjects.now(), CALLS - WARM);
    for (int call = 0; call < CALLS / 10; call++) {
      spark.sql("SELECT convoy_predict(content).label FROM photos LIMIT 10").collectAsList();
    }
    assertEquals(before, Held.now());
    assertTrue(openFiles() <= files + 5, () -> files + " files were open before");
    photos.unpersist();
  }

  private static void tenOf(ImagePredictor predictor, Dataset<Row> photos) {
    assertEquals(10, predictor.predict(photos, "content").limit(10).collectAsList().size());
  }

  /** A tenth of an object a call is no leak; what each call forgets to free is one, or more. */
  private static void assertNothingGrew(LiveObjects before, LiveObjects after, int calls) {
    assertEquals(Map.of(), after.moreThan(before, calls / 10));
    assertTrue(after.convoys().containsKey(Predictors.Borrowed.class.getName()), after::toString);
    long model = 4L * PredictSets.model().weights().length;
    long grown = after.floatBytes() - before.floatBytes();
    assertTrue(grown < calls / 10 * model, () -> grown + " bytes, of models of " + model);
  }

  @Test
  void aModelThatNobodyUsesIsFreed() {
    SharedModel shared = SharedModel.of(context, PredictSets.model());
    try (Predictors.Borrowed borrowed = Predictors.borrow(shared, null, 1)) {
      assertEquals(PredictSets.CLASSES, borrowed.classifier().classes());
      assertFalse(Predictors.freeIdle(0), "it is in use");
      assertTrue(Predictors.models() > 0);
    }
    assertFalse(Predictors.freeIdle(Long.MAX_VALUE), "it was in use a moment ago");
    assertTrue(Predictors.freeIdle(0));
    assertEquals(0, Predictors.models());
    assertEquals(0, Predictors.idle());
    try (Predictors.Borrowed again = Predictors.borrow(shared, null, 1)) {
      assertEquals(PredictSets.CLASSES, again.classifier().classes());
    }
  }
}
