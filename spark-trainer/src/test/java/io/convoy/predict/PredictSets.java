package io.convoy.predict;

import io.convoy.data.augment.StandardScore;
import io.convoy.data.image.DecodeScale;
import io.convoy.inference.EncodedImage;
import io.convoy.inference.Model;
import io.convoy.inference.Prediction;
import io.convoy.inference.Predictor;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Padding;
import io.convoy.pack.DrawnImages;
import io.convoy.pack.job.PackSession;
import io.convoy.recipe.Preprocessing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;

/** A model, and images of which one in twenty is broken. */
public final class PredictSets {
  /** Names of classes, one of which wants quotes. */
  public static final List<String> CLASSES =
      List.of("ant", "bee, \"the\" small", "cat", "dog", "eel", "fly");

  private PredictSets() {}

  /** A model with weights as at the start of a training. */
  public static Model model() {
    return model(5);
  }

  /** Likewise, of a seed. */
  public static Model model(long seed) {
    Network network =
        Network.input(9, 8, 3)
            .then("conv", Conv2d.of(16, 3).withPadding(Padding.SAME))
            .then("norm", BatchNorm2d.standard())
            .then("relu", new Relu())
            .then("depthwise", Conv2d.of(16, 3).withPadding(Padding.SAME).withGroups(16))
            .then("mean", new GlobalAvgPool())
            .then("logits", Linear.of(CLASSES.size()))
            .build();
    Preprocessing preprocessing =
        new Preprocessing(
            9,
            8,
            3,
            new Preprocessing.Resize(10, "bilinear", DecodeScale.FULL),
            null,
            new StandardScore(new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.1f, 0.1f, 0.1f}),
            CLASSES);
    return new Model(
        "a model",
        network,
        network.layout().initialState(seed),
        preprocessing,
        ConvolutionAlgorithm.AUTO);
  }

  /** Whether an image cannot be read. */
  public static boolean isBroken(int number) {
    return number % 20 == 7;
  }

  /** The file of an image. */
  public static byte[] image(int number) {
    int height = 10 + number % 7;
    int width = 11 + number % 5;
    byte[] image =
        number % 2 == 0
            ? DrawnImages.png(number, height, width)
            : DrawnImages.jpeg(number, height, width);
    return isBroken(number) ? Arrays.copyOf(image, image.length / 2) : image;
  }

  /** Its name, in a folder. */
  public static String name(int number) {
    return String.format(
        Locale.ROOT,
        "%s/%04d.%s",
        "abc".charAt(number % 3),
        number,
        number % 2 == 0 ? "png" : "jpg");
  }

  /** Images by name, in the order of a listing. */
  public static Map<String, byte[]> images(int count) {
    Map<String, byte[]> images = new LinkedHashMap<>();
    for (int remainder = 0; remainder < 3; remainder++) {
      for (int number = remainder; number < count; number += 3) {
        images.put(name(number), image(number));
      }
    }
    return images;
  }

  /** In folders below a folder. */
  public static void write(Path folder, Map<String, byte[]> images) {
    images.forEach(
        (name, bytes) -> {
          try {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.write(folder.resolve(name), bytes);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** What a predictor without Spark says, by name. */
  public static Map<String, Prediction> expected(
      Model model, Map<String, byte[]> images, String layer) {
    Map<String, Prediction> expected = new LinkedHashMap<>();
    List<EncodedImage> encoded = new ArrayList<>();
    images.forEach((name, bytes) -> encoded.add(EncodedImage.of(name, bytes)));
    try (WorkPool pool = new WorkPool(1);
        Predictor predictor = new Predictor(model, layer, 7, KernelProvider.kernels(), pool)) {
      predictor.predict(encoded.iterator()).forEachRemaining(p -> expected.put(p.name(), p));
    }
    return expected;
  }

  /**
   * Rows with all columns. Their types are said beforehand: Spark finds them out by a job, whose
   * result a session as strict as these does not take.
   */
  public static List<Row> rows(JavaSparkContext spark, String folder) {
    String all =
        "path STRING, label STRING, probability DOUBLE, top ARRAY<STRUCT<label: STRING, probability:"
            + " DOUBLE>>, logits ARRAY<FLOAT>, probabilities ARRAY<DOUBLE>, embedding ARRAY<FLOAT>,"
            + " error STRING";
    return PackSession.sql(spark).read().schema(all).parquet(folder).collectAsList();
  }
}
