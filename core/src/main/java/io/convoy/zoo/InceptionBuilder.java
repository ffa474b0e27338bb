package io.convoy.zoo;

import io.convoy.init.Initializer;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Concat;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Layer;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A network of inception modules in the making: branches that read one layer side by side, and
 * whose channels are joined in their order. Each convolution {@code name} has no bias but a batch
 * normalisation with an epsilon of 0.001, and ReLU; its parameters are {@code name.conv} and {@code
 * name.bn}, as in torchvision.
 */
final class InceptionBuilder {
  private static final BatchNorm2d NORM = new BatchNorm2d(1e-3f, 0.1f);

  private final Network.Builder network;
  private String last = Network.INPUT;
  private String module;
  private String moduleInput;
  private final List<String> ends = new ArrayList<>();

  InceptionBuilder(Shape input) {
    network = Network.input(input.toArray());
  }

  /** A square convolution. */
  InceptionBuilder convolution(String name, int channels, int kernel, int stride, int padding) {
    return convolution(
        name, Conv2d.of(channels, kernel).withStride(stride).withPadding(Padding.of(padding)));
  }

  /** A convolution of {@code height x width} that keeps the image's size. */
  InceptionBuilder rectangle(String name, int channels, int height, int width) {
    Conv2d square = Conv2d.of(channels, 1);
    return convolution(
        name,
        new Conv2d(
            channels,
            new Extent(height, width),
            square.stride(),
            new Padding(Padding.Mode.PIXELS, new Extent(height / 2, width / 2)),
            square.dilation(),
            1,
            false,
            square.initializer()));
  }

  private InceptionBuilder convolution(String name, Conv2d convolution) {
    network
        .from(last)
        .then(
            name + ".conv",
            convolution.withoutBias().withInitializer(Initializer.HE_NORMAL_FAN_OUT))
        .then(name + ".bn", NORM)
        .then(name + ".relu", new Relu());
    last = name + ".relu";
    return this;
  }

  /** A pooling, or another layer without parameters. */
  InceptionBuilder pool(String name, Layer pooling) {
    network.from(last).then(name, pooling);
    last = name;
    return this;
  }

  /** Begins a module. */
  InceptionBuilder module(String name) {
    module = name;
    moduleInput = last;
    return this;
  }

  /** Begins a branch of the module: what follows reads the module's input. */
  InceptionBuilder branch() {
    if (!last.equals(moduleInput)) {
      ends.add(last);
    }
    last = moduleInput;
    return this;
  }

  /**
   * Ends the branch, and goes on behind a layer of it: two branches with a common start.
   *
   * @param convolution its name
   */
  InceptionBuilder fork(String convolution) {
    ends.add(last);
    last = convolution + ".relu";
    return this;
  }

  /** Joins the module's branches. */
  InceptionBuilder joined() {
    ends.add(last);
    network.join(module + ".concat", new Concat(), ends.toArray(String[]::new));
    last = module + ".concat";
    ends.clear();
    return this;
  }

  /** Goes on behind the layer of this name. */
  InceptionBuilder from(String name) {
    last = name;
    return this;
  }

  /** What follows the last module: layers that are no convolutions. */
  Network.Builder then(String name, Layer layer) {
    return network.from(last).then(name, layer);
  }
}
