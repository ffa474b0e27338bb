package io.convoy.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.examine.DamageLimit;
import io.convoy.ensemble.Ensemble;
import io.convoy.ensemble.OutputAverage;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Classifier;
import io.convoy.inference.EncodedImage;
import io.convoy.inference.Model;
import io.convoy.inference.Prediction;
import io.convoy.inference.Predictor;
import io.convoy.inference.TestTime;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.memory.DriverMemory;
import io.convoy.memory.ExecutorMemory;
import io.convoy.pack.job.PackSession;
import io.convoy.recipe.Preprocessing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two models, the second of which has its classes in another order. */
@ExtendWith(PackSession.class)
class EnsemblePredictionTest {
  private static final int IMAGES = 90;

  @TempDir Path folder;
  private final JavaSparkContext spark;
  private final Map<String, byte[]> images = PredictSets.images(IMAGES);
  private final Classifier ensemble =
      new Ensemble(
          "two",
          List.of(PredictSets.model(1), reordered(PredictSets.model(2))),
          new OutputAverage(List.of(0.4, 0.6), List.of(1.0, 0.5), 0.9));

  EnsemblePredictionTest(JavaSparkContext spark) {
    this.spark = spark;
  }

  private static Model reordered(Model model) {
    List<String> classes = new ArrayList<>(PredictSets.CLASSES.subList(2, 6));
    classes.addAll(PredictSets.CLASSES.subList(0, 2));
    Preprocessing known = model.preprocessing();
    Preprocessing other =
        new Preprocessing(
            known.height(),
            known.width(),
            known.channels(),
            known.resize(),
            "black",
            known.standardization(),
            classes);
    return new Model("other", model.network(), model.weights(), other, model.convolution());
  }

  @BeforeEach
  void write() {
    PredictSets.write(folder.resolve("photos"), images);
  }

  private Map<String, Prediction> expected(TestTime testTime) {
    Map<String, Prediction> expected = new HashMap<>();
    List<EncodedImage> encoded = new ArrayList<>();
    images.forEach((name, bytes) -> encoded.add(EncodedImage.of(name, bytes)));
    try (WorkPool pool = new WorkPool(1);
        Predictor predictor =
            new Predictor(ensemble, 7, testTime, KernelProvider.kernels(), pool)) {
      predictor.predict(encoded.iterator()).forEachRemaining(p -> expected.put(p.name(), p));
    }
    return expected;
  }

  @Test
  void executorsSayWhatTheLibrarySays() {
    PredictOptions options =
        new PredictOptions(
            RowFormat.PARQUET, 3, false, true, null, DamageLimit.of("6%"), TestTime.NONE);
    for (TestTime testTime : TestTime.values()) {
      String out = folder.resolve(testTime.text()).toString();
      new BatchPrediction(spark, ensemble, options.withTestTime(testTime), PredictListener.NONE)
          .run(folder.resolve("photos").toString(), null, out, false);
      List<Row> rows = PredictSets.rows(spark, out);
      assertEquals(IMAGES, rows.size());
      Map<String, Prediction> expected = expected(testTime);
      for (Row row : rows) {
        String path = row.getAs("path");
        requireRow(row, expected.get(path.substring(path.lastIndexOf("photos/") + 7)));
      }
    }
  }

  private static void requireRow(Row row, Prediction expected) {
    if (!expected.isKnown()) {
      assertNull(row.getAs("label"));
      return;
    }
    List<Double> found = row.getList(row.fieldIndex("probabilities"));
    double[] probabilities = found.stream().mapToDouble(each -> each).toArray();
    assertArrayEquals(expected.probabilities(), probabilities, 0);
    int label = PredictSets.CLASSES.indexOf(row.<String>getAs("label"));
    assertEquals(probabilities[label], row.<Double>getAs("probability"));
    for (double probability : probabilities) {
      assertTrue(probability <= probabilities[label]);
    }
  }

  @Test
  void anEnsembleTravelsAsAWhole_andIsPutTogetherOnce() {
    SharedModel shared = SharedModel.of(spark, ensemble);
    Ensemble read = (Ensemble) shared.read();
    assertEquals(ensemble.fingerprint(), read.fingerprint());
    assertEquals(PredictSets.CLASSES, read.classes());
    assertEquals(List.of("other"), read.reordered());
    Classifier first;
    try (Predictors.Borrowed borrowed = Predictors.borrow(shared, null, TestTime.FLIP, 1)) {
      first = borrowed.classifier();
    }
    try (Predictors.Borrowed borrowed = Predictors.borrow(shared, null, 1)) {
      assertSame(first, borrowed.classifier());
    }
  }

  @Test
  void whatAnEnsembleHasNot() {
    requireRefused(
        "an ensemble (two) gives a mean of probabilities, which has no logits: leave that out; all"
            + " probabilities can come out",
        new PredictOptions(RowFormat.CSV, 1, true, false, null, DamageLimit.USUAL));
    requireRefused(
        "an ensemble (two) gives a mean of probabilities, which has no embedding: leave that out;"
            + " all probabilities can come out",
        new PredictOptions(RowFormat.CSV, 1, false, false, "mean", DamageLimit.USUAL));
    ConvoyException error =
        assertThrows(
            ConvoyException.class,
            () -> PredictOptions.STANDARD.withAll("mean").withTestTime(TestTime.FLIP));
    assertTrue(
        error.getMessage().startsWith("augmentation at test time (flip) gives a mean of"),
        error.getMessage());
  }

  private void requireRefused(String message, PredictOptions options) {
    ConvoyException error =
        assertThrows(
            ConvoyException.class,
            () -> new BatchPrediction(spark, ensemble, options, PredictListener.NONE));
    assertEquals(message, error.getMessage());
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
  }

  /** All that a prediction takes but what it holds once: rows, images that wait, a decoder. */
  @Test
  void eachMemberTakesItsMemory() {
    Model model = PredictSets.model(1);
    long weights = (long) model.weights().length * Float.BYTES;
    long one = ExecutorMemory.prediction(model, TestTime.NONE, KernelProvider.kernels()).live();
    long two = ExecutorMemory.prediction(ensemble, TestTime.NONE, KernelProvider.kernels()).live();
    assertTrue(two >= one + 3 * weights, one + ", " + two);
    assertEquals(
        4 * weights,
        DriverMemory.prediction(ensemble).states()
            + DriverMemory.prediction(ensemble).blocks()
            + DriverMemory.prediction(ensemble).saving()
            - DriverMemory.prediction(model).states()
            - DriverMemory.prediction(model).blocks()
            - DriverMemory.prediction(model).saving());
  }
}
