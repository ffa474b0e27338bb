package io.convoy.benchmarks.networks;

import io.convoy.error.ConvoyException;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Padding;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network and the batch that it is measured with.
 *
 * @param name in {@code io.convoy.zoo}
 * @param network every contender computes the same
 * @param batch samples of a step, at least 1
 */
public record NetworkProblem(String name, Network network, int batch) {
  /** The learning rate of all contenders: too small to diverge on random labels. */
  public static final float RATE = 1e-4f;

  /** The momentum of all contenders. */
  public static final float MOMENTUM = 0.9f;

  /** What is taken from each channel's bytes, and what they are divided by. */
  static final float MEAN = 127.5f;

  static final float DEVIATION = 64f;

  /** The measured networks and their usual batches. */
  static final Map<String, Integer> BATCHES = new LinkedHashMap<>();

  static {
    BATCHES.put("lenet", 128);
    BATCHES.put("resnet-18", 16);
    BATCHES.put("resnet-50", 16);
    BATCHES.put("vgg-11", 16);
    BATCHES.put("resnet-20", 128);
    BATCHES.put("mobilenet-v1", 16);
  }

  /**
   * A network by its name.
   *
   * @param batch 0 for the usual one
   * @throws ConvoyException when there is none of this name
   */
  static NetworkProblem named(String name, int batch) {
    return new NetworkProblem(
        name, network(name), batch > 0 ? batch : BATCHES.getOrDefault(name, 16));
  }

  private static Network network(String name) {
    if (!name.equals("lenet")) {
      throw ConvoyException.usage("the networks are lenet; got \"%s\"", name);
    }
    return Network.input(28, 28, 1)
        .then("conv1", Conv2d.of(32, 5).withPadding(Padding.SAME))
        .then("relu1", new Relu())
        .then("pool1", MaxPool2d.of(2))
        .then("conv2", Conv2d.of(64, 5).withPadding(Padding.SAME))
        .then("relu2", new Relu())
        .then("pool2", MaxPool2d.of(2))
        .then("flatten", new Flatten())
        .then("fc1", Linear.of(1024))
        .then("relu3", new Relu())
        .then("fc2", Linear.of(10))
        .build();
  }

  /** The pixels of one sample, HWC, 0 to 255: a function of its index. */
  byte[] pixels(int index) {
    RandomStream random = new RandomStream(1, Purpose.SYNTHETIC_DATA);
    random.at(0, index);
    byte[] pixels = new byte[network.inputShape().elements()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.below(256, i);
    }
    return pixels;
  }

  /** The class of a sample. */
  public int label(int index) {
    return index % network.outputShape().channels();
  }

  /** The first batch as a network gets it, NHWC. */
  public float[] input() {
    int sample = network.inputShape().elements();
    float[] values = new float[batch * sample];
    for (int n = 0; n < batch; n++) {
      byte[] pixels = pixels(n);
      for (int i = 0; i < sample; i++) {
        values[n * sample + i] = ((pixels[i] & 0xff) - MEAN) / DEVIATION;
      }
    }
    return values;
  }

  /** The state that every contender starts from. */
  public float[] initialState() {
    return network.layout().initialState(1);
  }
}
