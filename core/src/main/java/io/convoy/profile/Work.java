package io.convoy.profile;

import io.convoy.layer.Kept;
import io.convoy.network.Network;
import io.convoy.network.Node;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What layers that are computed together have to do: operations of weights with activations, and
 * the floats that come and go.
 *
 * @param multiplyAdds for a sample, forward
 * @param inputs floats that a sample has in the activations that are read
 * @param trainedInputs of these, those whose gradients are wanted
 * @param outputs floats that come out for a sample
 * @param kept floats of a sample that backward reads besides gradients
 * @param weights of the layers
 */
record Work(
    long multiplyAdds, long inputs, long trainedInputs, long outputs, long kept, long weights) {

  static Work of(List<Node> layers) {
    Set<String> own = layers.stream().map(Node::name).collect(Collectors.toSet());
    Set<String> read =
        layers.stream().flatMap(n -> n.inputs().stream()).collect(Collectors.toSet());
    long multiplyAdds = 0;
    long inputs = 0;
    long trainedInputs = 0;
    long outputs = 0;
    long weights = 0;
    for (Node layer : layers) {
      multiplyAdds += layer.layer().multiplyAdds(layer.inputShapes());
      weights +=
          layer.layer().parameters(layer.inputShapes()).stream()
              .mapToLong(parameter -> parameter.shape().elements())
              .sum();
      outputs += read.contains(layer.name()) ? 0 : layer.shape().elements();
      for (int i = 0; i < layer.inputs().size(); i++) {
        String input = layer.inputs().get(i);
        long elements = own.contains(input) ? 0 : layer.inputShapes().get(i).elements();
        inputs += elements;
        trainedInputs += input.equals(Network.INPUT) ? 0 : elements;
      }
    }
    Kept kept = layers.get(0).layer().kept();
    long keptFloats = kept == Kept.OUTPUT ? outputs : kept == Kept.NOTHING ? 0 : inputs;
    return new Work(multiplyAdds, inputs, trainedInputs, outputs, keptFloats, weights);
  }

  LayerTime.Part forward(int samples, double seconds) {
    return new LayerTime.Part(
        seconds, 2 * multiplyAdds * samples, bytes(samples, inputs + outputs, weights));
  }

  /** Gradients of the weights, and of inputs that layers before them want. */
  LayerTime.Part backward(int samples, double seconds) {
    long operations = multiplyAdds * ((weights > 0 ? 2 : 0) + (trainedInputs > 0 ? 2 : 0));
    return new LayerTime.Part(
        seconds, operations * samples, bytes(samples, outputs + kept + trainedInputs, 2 * weights));
  }

  private static long bytes(int samples, long each, long once) {
    return Float.BYTES * (samples * each + once);
  }
}
