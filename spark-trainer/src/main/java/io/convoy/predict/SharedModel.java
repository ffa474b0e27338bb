package io.convoy.predict;

import io.convoy.ensemble.Ensemble;
import io.convoy.ensemble.OutputAverage;
import io.convoy.inference.Classifier;
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
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A model, or an ensemble, on its way to executors: the weights are broadcast, in slices. An
 * executor puts it together once, however many tasks ask for it; see {@link Predictors}.
 */
public final class SharedModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String fingerprint;
  private final ArrayList<SharedNetwork> networks;

  /** How outputs become one, as JSON; null of a model by itself. */
  private final String average;

  private SharedModel(
      String name, String fingerprint, ArrayList<SharedNetwork> networks, String average) {
    this.name = name;
    this.fingerprint = fingerprint;
    this.networks = networks;
    this.average = average;
  }

  /** One network. */
  private static final class SharedNetwork implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String network;
    private final String preprocessing;
    private final ConvolutionAlgorithm convolution;
    private final KnownStatistics statistics;
    private final ArrayList<Broadcast<float[]>> weights;

    SharedNetwork(JavaSparkContext spark, Model model) {
      name = model.name();
      network = Json.text(model.network());
      preprocessing = Json.text(model.preprocessing());
      convolution = model.convolution();
      statistics = KnownStatistics.of(spark, model.preprocessing().standardization());
      weights =
          StateSlices.cut(model.weights()).stream()
              .map(spark::broadcast)
              .collect(Collectors.toCollection(ArrayList::new));
    }

    Model read() {
      Network known = SharedModel.read(network, Network.class);
      Preprocessing input = SharedModel.read(preprocessing, Preprocessing.class);
      return new Model(
          name,
          known,
          StateSlices.join(weights.stream().map(Broadcast::value).toList()),
          statistics.read(known.inputShape()).map(input::withStatistics).orElse(input),
          convolution);
    }
  }

  /**
   * Has all executors be able to know a model or an ensemble, all members of which travel. Spark
   * frees it when nobody holds this any more.
   */
  public static SharedModel of(JavaSparkContext spark, Classifier classifier) {
    boolean ensemble = classifier instanceof Ensemble;
    List<Model> members = ensemble ? ((Ensemble) classifier).members() : classifier.models();
    ArrayList<SharedNetwork> networks = new ArrayList<>();
    members.forEach(member -> networks.add(new SharedNetwork(spark, member)));
    return new SharedModel(
        classifier.name(),
        classifier.fingerprint(),
        networks,
        ensemble ? Json.text(((Ensemble) classifier).average()) : null);
  }

  /** SHA-256 of all that its results follow from. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Puts it together anew; {@link Predictors} keeps it. */
  public Classifier read() {
    List<Model> members = networks.stream().map(SharedNetwork::read).toList();
    return average == null
        ? members.get(0)
        : new Ensemble(name, members, read(average, OutputAverage.class));
  }

  private static <T> T read(String json, Class<T> type) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), type, "the model");
  }
}
