package io.convoy.benchmarks.dl4j;

import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.error.ConvoyException;
import io.convoy.layer.Add;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** One of Convoy's networks as DL4J's computation graph; each layer under its own name. */
final class Dl4jGraph {
  private final GraphBuilder graph;
  private final Activation last;

  /** Under which name each activation is known to DL4J, which flattens by itself. */
  private final Map<String, String> names = new HashMap<>();

  private Dl4jGraph(GraphBuilder graph, Activation last) {
    this.graph = graph;
    this.last = last;
  }

  /**
   * The graph of a network.
   *
   * @param training whether its end is softmax and cross-entropy; else it gives the logits
   * @throws ConvoyException when a layer has no counterpart here
   */
  static ComputationGraphConfiguration of(Network network, boolean training) {
    Shape input = network.inputShape();
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .updater(new Nesterovs(NetworkProblem.RATE, NetworkProblem.MOMENTUM))
            .graphBuilder()
            .addInputs(Network.INPUT)
            .setInputTypes(
                InputType.convolutional(input.height(), input.width(), input.channels()));
    Dl4jGraph made = new Dl4jGraph(builder, training ? Activation.SOFTMAX : Activation.IDENTITY);
    made.names.put(Network.INPUT, Network.INPUT);
    String end = network.nodes().get(network.nodes().size() - 1).name();
    for (Node node : network.nodes()) {
      made.add(node, node.name().equals(end));
    }
    return builder.setOutputs(end).build();
  }

  private void add(Node node, boolean end) {
    String[] inputs = node.inputs().stream().map(names::get).toArray(String[]::new);
    if (node.layer() instanceof Flatten) {
      names.put(node.name(), inputs[0]);
      return;
    }
    names.put(node.name(), node.name());
    if (node.layer() instanceof Add) {
      graph.addVertex(node.name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), inputs);
      return;
    }
    graph.addLayer(node.name(), end ? output(node) : layer(node), inputs);
  }

  private Layer output(Node node) {
    if (!(node.layer() instanceof Linear linear)) {
      throw ConvoyException.usage("%s: DL4J's networks must end in a linear layer", node.name());
    }
    LossFunction loss = last == Activation.SOFTMAX ? LossFunction.MCXENT : LossFunction.MSE;
    return new OutputLayer.Builder(loss)
        .nOut(linear.outFeatures())
        .hasBias(linear.bias())
        .activation(last)
        .build();
  }

  private static Layer layer(Node node) {
    if (node.layer() instanceof Conv2d conv && conv.groups() == 1) {
      return new ConvolutionLayer.Builder(pair(conv.kernel()), pair(conv.stride()))
          .padding(padding(node, conv.padding(), conv.kernel()))
          .dilation(pair(conv.dilation()))
          .nOut(conv.outChannels())
          .hasBias(conv.bias())
          .activation(Activation.IDENTITY)
          .build();
    }
    if (node.layer() instanceof BatchNorm2d norm) {
      return new BatchNormalization.Builder()
          .eps(norm.epsilon())
          .decay(1 - norm.momentum())
          .useLogStd(false)
          .build();
    }
    if (node.layer() instanceof Relu) {
      return new ActivationLayer(Activation.RELU);
    }
    if (node.layer() instanceof MaxPool2d pool) {
      return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
          .kernelSize(pair(pool.kernel()))
          .stride(pair(pool.stride()))
          .padding(padding(node, pool.padding(), pool.kernel()))
          .build();
    }
    if (node.layer() instanceof GlobalAvgPool) {
      return new GlobalPoolingLayer(PoolingType.AVG);
    }
    if (node.layer() instanceof Linear linear) {
      return new DenseLayer.Builder()
          .nOut(linear.outFeatures())
          .hasBias(linear.bias())
          .activation(Activation.IDENTITY)
          .build();
    }
    throw ConvoyException.usage("%s: DL4J is not told of %s", node.name(), node.layer());
  }

  private static int[] pair(Extent extent) {
    return new int[] {extent.height(), extent.width()};
  }

  /** The zero pixels on each side; where they follow from a stride of 1, half of the kernel. */
  private static int[] padding(Node node, Padding padding, Extent kernel) {
    return switch (padding.mode()) {
      case PIXELS -> pair(padding.pixels());
      case VALID -> new int[2];
      case SAME -> {
        Shape input = node.inputShapes().get(0);
        if (input.height() != node.shape().height() || input.width() != node.shape().width()) {
          throw ConvoyException.usage(
              "%s: DL4J pads both sides alike; this layer makes %s of %s",
              node.name(), node.shape(), input);
        }
        yield new int[] {kernel.height() / 2, kernel.width() / 2};
      }
    };
  }
}
