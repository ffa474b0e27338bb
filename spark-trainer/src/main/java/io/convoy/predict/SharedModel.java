package io.convoy.predict;

import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.recipe.Preprocessing;
import io.convoy.worker.KnownStatistics;
import io.convoy.worker.StateSlices;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A model on its way to executors: the weights are broadcast, in slices. An executor puts it
 * together once, however many tasks ask for it; see {@link Predictors}.
 */
public final class SharedModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String network;
  private final String preprocessing;
  private final ConvolutionAlgorithm convolution;
  private final String fingerprint;
  private final KnownStatistics statistics;
  private final ArrayList<Broadcast<float[]>> weights;

  private SharedModel(JavaSparkContext spark, Model model) {
    name = model.name();
    network = Json.text(model.network());
    preprocessing = Json.text(model.preprocessing());
    convolution = model.convolution();
    fingerprint = model.fingerprint();
    statistics = KnownStatistics.of(spark, model.preprocessing().standardization());
    weights =
        StateSlices.cut(model.weights()).stream()
            .map(spark::broadcast)
            .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Has all executors be able to know a model. Spark frees it when nobody holds this any more. */
  public static SharedModel of(JavaSparkContext spark, Model model) {
    return new SharedModel(spark, model);
  }

  /** SHA-256 of all that its results follow from. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Puts it together anew; {@link Predictors} keeps it. */
  Model read() {
    Network known = read(network, Network.class);
    Preprocessing input = read(preprocessing, Preprocessing.class);
    return new Model(
        name,
        known,
        StateSlices.join(weights.stream().map(Broadcast::value).toList()),
        statistics.read(known.inputShape()).map(input::withStatistics).orElse(input),
        convolution);
  }

  private static <T> T read(String json, Class<T> type) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), type, "the model");
  }
}
