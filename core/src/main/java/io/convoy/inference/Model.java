package io.convoy.inference;

import io.convoy.data.Fingerprint;
import io.convoy.data.augment.ImageStatistics;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.recipe.Preprocessing;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A trained network with all that labelling images takes.
 *
 * @param name where it came from, for people
 * @param network whose first output has a logit a class
 * @param weights and moving averages, in the network's layout, as inference uses them; not copied
 * @param preprocessing what turns an image into the network's input, and what its outputs are
 *     called
 * @param convolution how convolutions are computed
 */
public record Model(
    String name,
    Network network,
    float[] weights,
    Preprocessing preprocessing,
    ConvolutionAlgorithm convolution)
    implements Classifier {
  private static final int PIECE = 1 << 14;

  public Model {
    int length = network.layout().length();
    if (weights.length != length) {
      throw ConvoyException.data(
          "%s: the network has %d weights and moving averages; the model brings %d",
          name, length, weights.length);
    }
    if (!network.inputShape().equals(preprocessing.input())) {
      throw ConvoyException.data(
          "%s: the network takes %s, its preprocessing gives %s (height x width x channels)",
          name, network.inputShape(), preprocessing.input());
    }
    int classes = preprocessing.classes().size();
    if (classes > 0 && classes != network.outputShape().elements()) {
      throw ConvoyException.data(
          "%s: the network has %d outputs, and there are names for %d classes",
          name, network.outputShape().elements(), classes);
    }
  }

  @Override
  public List<String> classes() {
    return preprocessing.classes().isEmpty()
        ? IntStream.range(0, network.outputShape().elements()).mapToObj(Integer::toString).toList()
        : preprocessing.classes();
  }

  @Override
  public List<Model> models() {
    return List.of(this);
  }

  @Override
  public boolean severalLabels() {
    return preprocessing.severalLabels();
  }

  /** By {@link Softmax}; of several labels by {@link Sigmoid}. */
  @Override
  public double[] probabilities(float[][] logits) {
    return severalLabels() ? Sigmoid.probabilities(logits[0]) : Softmax.probabilities(logits[0]);
  }

  @Override
  public String fingerprint() {
    Fingerprint digest = new Fingerprint();
    digest.add(Json.text(network)).add(Json.text(preprocessing)).add(convolution.name());
    add(digest, weights);
    preprocessing
        .standardization()
        .statistics()
        .ifPresent(
            (ImageStatistics known) -> {
              add(digest, known.mean());
              add(digest, known.matrix() == null ? new float[0] : known.matrix());
            });
    return digest.hex();
  }

  private static void add(Fingerprint digest, float[] values) {
    digest.add(values.length);
    ByteBuffer piece = ByteBuffer.allocate(PIECE * Float.BYTES);
    for (int from = 0; from < values.length; from += PIECE) {
      int count = Math.min(PIECE, values.length - from);
      piece.clear();
      piece.asFloatBuffer().put(values, from, count);
      digest.add(piece.array(), 0, count * Float.BYTES);
    }
  }
}
