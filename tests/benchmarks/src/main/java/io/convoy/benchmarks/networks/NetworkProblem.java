package io.convoy.benchmarks.networks;

import io.convoy.data.augment.StandardScore;
import io.convoy.data.reader.Glyphs;
import io.convoy.error.ConvoyException;
import io.convoy.network.Network;
import io.convoy.optimizer.Sgd;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.schedule.Constant;
import io.convoy.zoo.Architecture;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network and the batch that it is measured with.
 *
 * @param name of {@link Architecture}
 * @param network every contender computes the same
 * @param batch samples of a step, at least 1
 */
public record NetworkProblem(String name, Network network, int batch) {
  /** Stands for as many samples as are usual for a network. */
  static final int USUAL_BATCH = 0;

  /** The learning rate of all contenders: too small to diverge on random labels. */
  public static final float RATE = 1e-4f;

  /** The momentum of all contenders. */
  public static final float MOMENTUM = 0.9f;

  /** What is taken from each pixel, 0 to 1, and what it is divided by. */
  static final float MEAN = 0.5f;

  static final float DEVIATION = 0.25f;

  private static final float SCALE = (float) (1 / (255.0 * DEVIATION));

  /** The networks that are compared. */
  static final List<String> COMPARED =
      List.of("lenet", "resnet-18", "resnet-50", "vgg-11", "resnet-20", "mobilenet-v1");

  /** Samples of a step of images of 224x224. */
  private static final int LARGE_IMAGES = 16;

  /** Samples of a step of images up to 32x32. */
  private static final int SMALL_IMAGES = 128;

  public NetworkProblem {
    if (batch < 1) {
      throw ConvoyException.usage("%s: a batch must have at least 1 sample; got %d", name, batch);
    }
  }

  /**
   * A network by its name.
   *
   * @param batch {@link #USUAL_BATCH} for the usual one
   * @throws io.convoy.error.ConvoyException when there is none of this name, or the batch is below
   *     0
   */
  public static NetworkProblem named(String name, int batch) {
    Network network = Architecture.named(name).network();
    int usual = network.inputShape().height() > 32 ? LARGE_IMAGES : SMALL_IMAGES;
    return new NetworkProblem(name, network, batch == USUAL_BATCH ? usual : batch);
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

  /** The first samples as a network gets them, NHWC. */
  public float[] input() {
    return input(IntStream.range(0, batch).toArray());
  }

  /** Samples as a network gets them, NHWC. */
  public float[] input(int[] indices) {
    int sample = network.inputShape().elements();
    float[] values = new float[indices.length * sample];
    for (int n = 0; n < indices.length; n++) {
      byte[] pixels = pixels(indices[n]);
      for (int i = 0; i < sample; i++) {
        values[n * sample + i] = standardized(pixels[i]);
      }
    }
    return values;
  }

  /** A pixel as a network gets it. */
  public static float standardized(byte pixel) {
    return Math.fma(pixel & 0xff, SCALE, -MEAN / DEVIATION);
  }

  /** The same, for what reads images itself. */
  public StandardScore standardization() {
    float[] mean = new float[network.inputShape().channels()];
    float[] deviation = mean.clone();
    Arrays.fill(mean, MEAN);
    Arrays.fill(deviation, DEVIATION);
    return new StandardScore(mean, deviation);
  }

  /** What Convoy trains by: SGD with momentum, no decay, the default number of shards. */
  public RecipeBuilder recipe() {
    return new RecipeBuilder()
        .name(name)
        .network(network)
        .data(new DataOptions(new Glyphs(), null, null))
        .standardization(standardization())
        .batchSize(batch)
        .epochs(1)
        .optimizer(new Sgd(MOMENTUM, false, 0, false))
        .schedule(new Constant(RATE, 0));
  }

  /** The state that every contender starts from. */
  public float[] initialState() {
    return network.layout().initialState(1);
  }
}
