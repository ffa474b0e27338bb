package io.convoy.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.convoy.layer.Parameter;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.network.StateLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One of Convoy's networks, layer by layer in PyTorch's own operators, with the same weights. */
final class TorchNetwork {
  private final Network network;
  private final NDManager manager;
  private final boolean channelsLast;
  private final DataType precision;
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();
  private final Map<String, NDArray> velocities = new HashMap<>();
  private final Map<String, List<String>> lastReads = new HashMap<>();

  /**
   * @param state weights and moving averages, in the layout of {@link Network#layout}
   * @param manager of the weights
   * @param precision of all numbers
   */
  TorchNetwork(
      Network network, float[] state, NDManager manager, boolean channelsLast, DataType precision) {
    this.network = network;
    this.manager = manager;
    this.channelsLast = channelsLast;
    this.precision = precision;
    for (StateLayout.Entry entry : network.layout().entries()) {
      float[] values = Arrays.copyOfRange(state, entry.offset(), entry.offset() + entry.length());
      NDArray parameter = parameter(values, entry.parameter().shape());
      parameters.put(entry.name(), parameter);
      if (entry.parameter().role().trained()) {
        velocities.put(entry.name(), parameter.zerosLike());
      }
    }
    planReleases();
  }

  private NDArray parameter(float[] values, io.convoy.tensor.Shape shape) {
    long[] extents = Arrays.stream(shape.toArray()).asLongStream().toArray();
    NDArray parameter =
        extents.length == 4
            ? Torch.weights(manager, values, new Shape(extents), channelsLast)
            : manager.create(values, new Shape(extents));
    return parameter.toType(precision, false);
  }

  /** An activation is let go behind its last reader, as a program in PyTorch lets it go. */
  private void planReleases() {
    Map<String, String> lastReader = new HashMap<>();
    for (Node node : network.nodes()) {
      node.inputs().forEach(read -> lastReader.put(read, node.name()));
    }
    lastReader.forEach(
        (read, reader) -> lastReads.computeIfAbsent(reader, r -> new ArrayList<>()).add(read));
  }

  /** A batch for this network, of values NHWC. */
  PtNDArray input(float[] valuesNHWC, int batch) {
    io.convoy.tensor.Shape shape = network.inputShape();
    NDArray input =
        shape.isImage()
            ? Torch.image(
                manager,
                valuesNHWC,
                batch,
                shape.height(),
                shape.width(),
                shape.channels(),
                channelsLast)
            : manager.create(valuesNHWC, new Shape(batch, shape.channels()));
    return (PtNDArray) input.toType(precision, false);
  }

  /**
   * The logits of a batch.
   *
   * @param input closed here
   * @param step whose memory the activations come from
   */
  PtNDArray forward(PtNDArray input, boolean training, NDManager step) {
    Map<String, PtNDArray> leaves = new HashMap<>();
    parameters.forEach((name, stored) -> leaves.put(name, Torch.in(step, stored)));
    return forward(input, training, leaves);
  }

  private PtNDArray forward(PtNDArray input, boolean training, Map<String, PtNDArray> leaves) {
    TorchOperators operators = new TorchOperators(leaves, training);
    Map<String, PtNDArray> activations = new HashMap<>();
    activations.put(Network.INPUT, input);
    PtNDArray last = input;
    for (Node node : network.nodes()) {
      List<PtNDArray> inputs = node.inputs().stream().map(activations::get).toList();
      last = operators.apply(node, inputs);
      activations.put(node.name(), last);
      for (String read : lastReads.getOrDefault(node.name(), List.of())) {
        activations.remove(read).close();
      }
    }
    return last;
  }

  /**
   * One step of training.
   *
   * @param labels classes, [batch, 1]
   * @param decay coupled weight decay, of weights alone
   * @return the mean loss before the step
   */
  double train(PtNDArray input, NDArray labels, float rate, float momentum, float decay) {
    try (NDManager step = manager.newSubManager()) {
      Map<String, PtNDArray> leaves = new HashMap<>();
      parameters.forEach(
          (name, stored) -> {
            PtNDArray leaf = Torch.in(step, stored);
            if (velocities.containsKey(name)) {
              leaf.setRequiresGradient(true);
            }
            leaves.put(name, leaf);
          });
      JniUtils.setGradMode(true);
      PtNDArray logits = forward(Torch.in(step, input), true, leaves);
      NDArray loss = logits.logSoftmax(1).gather(Torch.in(step, labels), 1).mean().neg();
      JniUtils.backward((PtNDArray) loss, (PtNDArray) loss.onesLike(), false, false);
      JniUtils.setGradMode(false);
      for (StateLayout.Entry entry : network.layout().trained()) {
        String name = entry.name();
        boolean decays = entry.parameter().role() == Parameter.Role.WEIGHT;
        NDArray weights = parameters.get(name);
        NDArray velocity = velocities.get(name);
        update(weights, velocity, leaves.get(name), rate, momentum, decays ? decay : 0);
      }
      return loss.toType(DataType.FLOAT64, false).getDouble();
    }
  }

  /** v = momentum v + g + decay w, w = w - rate v. */
  private static void update(
      NDArray weights, NDArray velocity, PtNDArray leaf, float rate, float momentum, float decay) {
    try (NDArray gradient = leaf.getGradient()) {
      velocity.muli(momentum).addi(gradient);
    }
    if (decay != 0) {
      try (NDArray pull = weights.mul(decay)) {
        velocity.addi(pull);
      }
    }
    try (NDArray change = velocity.mul(rate)) {
      weights.subi(change);
    }
  }

  /** Weights and moving averages, in the layout of {@link Network#layout}. */
  double[] state() {
    double[] state = new double[network.layout().length()];
    for (StateLayout.Entry entry : network.layout().entries()) {
      double[] values =
          parameters.get(entry.name()).toType(DataType.FLOAT64, false).toDoubleArray();
      System.arraycopy(values, 0, state, entry.offset(), values.length);
    }
    return state;
  }
}
