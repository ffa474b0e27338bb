package io.convoy.explain;

import io.convoy.data.augment.SampleWriter;
import io.convoy.execution.Execution;
import io.convoy.feed.SampleInput;
import io.convoy.inference.Model;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.Subnormals;
import io.convoy.kernel.WorkPool;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.operation.Pass;
import io.convoy.operation.PassCapacity;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.List;

/**
 * A model's passes over images, as inference computes them, where outputs of layers can be read,
 * too; and, if wanted, backward from them. What comes out depends on the image and the model alone,
 * and is what evaluation computes. One thread at a time.
 */
final class ModelPass {
  private final Execution execution;
  private final List<String> outputs;
  private final SampleWriter writer;
  private final SampleInput input;
  private final Pass pass;

  /** Who makes the execution. */
  @FunctionalInterface
  private interface Maker {
    Execution of(Network network, PassCapacity capacity);
  }

  private ModelPass(
      Model model, List<String> layers, int capacity, Kernels kernels, WorkPool pool, Maker maker) {
    Subnormals.require(kernels, pool);
    Network network = model.network().withoutAuxiliary();
    for (String layer : layers) {
      network = network.withOutput(layer);
    }
    outputs = network.outputs().stream().map(Node::name).toList();
    execution = maker.of(network, PassCapacity.of(capacity));
    execution.load(model.weights());
    writer = new SampleWriter(network.inputShape(), model.preprocessing().standardization());
    input = new SampleInput(execution.input(), writer.standardization(), kernels, pool);
    pass = new Pass(capacity);
  }

  /**
   * For forward passes.
   *
   * @param layers of the network, whose outputs can be read
   * @param capacity images of a pass at the most
   */
  static ModelPass forward(
      Model model, List<String> layers, int capacity, Kernels kernels, WorkPool pool) {
    Maker maker =
        (network, most) -> Execution.inference(network, most, model.convolution(), kernels, pool);
    return new ModelPass(model, layers, capacity, kernels, pool, maker);
  }

  /** For passes of one image that go backward as well. */
  static ModelPass backward(Model model, List<String> layers, Kernels kernels, WorkPool pool) {
    Maker maker =
        (network, most) -> Execution.attribution(network, most, model.convolution(), kernels, pool);
    return new ModelPass(model, layers, 1, kernels, pool, maker);
  }

  /**
   * Writes an image.
   *
   * @param image bytes in the order row, column, channel, of the network's input shape
   */
  void write(int slot, byte[] image) {
    int expected = input.samples().shape().elements();
    if (image.length != expected) {
      throw new IllegalArgumentException(
          "an image has the %s bytes of the network's input %s; got %s"
              .formatted(expected, input.samples().shape(), image.length));
    }
    writer.write(image, input.samples(), slot);
  }

  /** What the network gets of an image. */
  float[] standardized(byte[] image) {
    write(0, image);
    input.finish(1);
    return values(execution.input(), 0);
  }

  /** Computes the outputs of the first images. */
  void run(int images) {
    input.finish(images);
    execution.forward(pass.inference(images));
  }

  /** Computes the outputs of a network's input, which is standardised already. */
  void run(float[] values) {
    fill(execution.input(), values);
    execution.forward(pass.inference(1));
  }

  /** The class scores of an image. */
  float[] logits(int slot) {
    return values(execution.output(), slot);
  }

  /** A layer's output, of all slots. */
  Tensor output(String layer) {
    return execution.output(outputs.indexOf(layer));
  }

  /** Likewise, of one image in the order row, column, channel. */
  float[] output(String layer, int slot) {
    return values(output(layer), slot);
  }

  /**
   * Goes backward behind a pass over one image, once.
   *
   * @param layer one of the layers, or the network's first output
   * @param gradient of its output, in the order row, column, channel; those of the others are zero
   */
  void backward(String layer, float[] gradient) {
    for (int k = 0; k < outputs.size(); k++) {
      Tensor target = execution.outputGradient(k);
      boolean isMeant = outputs.get(k).equals(layer);
      fill(target, isMeant ? gradient : new float[target.shape().elements()]);
    }
    execution.backward(pass, null);
  }

  /** Likewise, from the score of a class. */
  void backwardFromClass(int label) {
    float[] gradient = new float[execution.output().shape().elements()];
    gradient[label] = 1;
    backward(outputs.get(0), gradient);
  }

  /** What the last backward pass found for a layer's output. */
  float[] gradient(String layer) {
    return values(execution.outputGradient(outputs.indexOf(layer)), 0);
  }

  /** What the last backward pass found for the network's input, as it is standardised. */
  float[] inputGradient() {
    return values(execution.inputGradient(), 0);
  }

  private static float[] values(Tensor tensor, int slot) {
    Shape shape = tensor.shape();
    int row = shape.width() * shape.channels();
    float[] values = new float[shape.elements()];
    for (int h = 0; h < shape.height(); h++) {
      System.arraycopy(tensor.data(), tensor.at(slot, h, 0), values, h * row, row);
    }
    return values;
  }

  private static void fill(Tensor tensor, float[] values) {
    Shape shape = tensor.shape();
    int row = shape.width() * shape.channels();
    for (int h = 0; h < shape.height(); h++) {
      System.arraycopy(values, h * row, tensor.data(), tensor.at(0, h, 0), row);
    }
  }
}
