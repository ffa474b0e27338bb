package io.convoy.explain;

import io.convoy.inference.Model;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.network.Node;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * What excites a filter most (Erhan, Bengio, Courville, Vincent 2009, "Visualizing Higher-Layer
 * Features of a Deep Network", section 4; Simonyan et al. 2013, section 2): gradient ascent on the
 * network's input x. With a the filter's mean output over all pixels, and g its gradient by x,
 *
 * <pre>
 *   x = grey + (1 - decay) (x - grey) + rate g / rms(g)
 * </pre>
 *
 * <p>It starts from grey with a little noise, and is shifted round its edges by some pixels before
 * each gradient and back behind it. Noise and shifts are functions of seed and step alone. Passes
 * are those of inference. One thread at a time.
 */
public final class FilterAscent {
  private static final byte GREY = (byte) 128;

  /** The standard deviation of the noise that an input starts from. */
  private static final double NOISE = 0.1;

  private final ExplainedLayers layers;
  private final Node layer;
  private final Ascent ascent;
  private final Shape input;
  private final ModelPass pass;
  private final RandomStream random;
  private final float[] grey;

  /**
   * Takes the memory, and the weights, which are not copied.
   *
   * @param layer whose filters are excited
   * @throws io.convoy.error.ConvoyException of kind USAGE when inference computes no such layer
   */
  public FilterAscent(Model model, String layer, Ascent ascent, Kernels kernels, WorkPool pool) {
    this.ascent = ascent;
    layers = new ExplainedLayers(model);
    this.layer = layers.named(layer);
    input = model.network().inputShape();
    pass = ModelPass.backward(model, List.of(layer), kernels, pool);
    random = new RandomStream(ascent.seed(), Purpose.EXPLANATION);
    byte[] image = new byte[input.elements()];
    Arrays.fill(image, GREY);
    grey = pass.standardized(image);
  }

  /**
   * An input that excites a filter.
   *
   * @param channel the number of the filter, from 0
   * @throws io.convoy.error.ConvoyException of kind USAGE when the layer has no such filter
   */
  public ExcitingInput of(int channel) {
    layers.withChannel(layer.name(), channel);
    float[] values = start();
    double before = excitement(values, channel);
    for (int step = 0; step < ascent.steps(); step++) {
      step(values, step, channel);
    }
    double after = excitement(values, channel);
    return new ExcitingInput(layer.name(), channel, input, values, before, after);
  }

  private float[] start() {
    random.at(0, 0);
    float[] values = grey.clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (NOISE * random.gaussian(i));
    }
    return values;
  }

  /** The filter's mean output. */
  private double excitement(float[] values, int channel) {
    pass.run(values);
    float[] output = pass.output(layer.name(), 0);
    double sum = 0;
    for (int i = channel; i < output.length; i += layer.shape().channels()) {
      sum += output[i];
    }
    return sum / pixels();
  }

  private int pixels() {
    return layer.shape().height() * layer.shape().width();
  }

  private void step(float[] values, int step, int channel) {
    random.at(1, step);
    int down = random.below(2 * ascent.jitter() + 1, 0) - ascent.jitter();
    int across = random.below(2 * ascent.jitter() + 1, 1) - ascent.jitter();
    pass.run(shifted(values, down, across));
    float[] mean = new float[layer.shape().elements()];
    for (int i = channel; i < mean.length; i += layer.shape().channels()) {
      mean[i] = 1f / pixels();
    }
    pass.backward(layer.name(), mean);
    float[] gradient = shifted(pass.inputGradient(), -down, -across);
    double squares = 0;
    for (float g : gradient) {
      squares += (double) g * g;
    }
    double size = Math.sqrt(squares / gradient.length);
    double rate = size > 0 ? ascent.rate() / size : 0; // a filter that is dead stays so
    for (int i = 0; i < values.length; i++) {
      double beside = (1 - ascent.decay()) * ((double) values[i] - grey[i]);
      values[i] = (float) (grey[i] + beside + rate * gradient[i]);
    }
  }

  /** An image, or its gradient, moved down and to the right; what leaves it comes in opposite. */
  private float[] shifted(float[] values, int down, int across) {
    float[] shifted = new float[values.length];
    int channels = input.channels();
    for (int h = 0; h < input.height(); h++) {
      int row = Math.floorMod(h + down, input.height()) * input.width();
      for (int w = 0; w < input.width(); w++) {
        int to = row + Math.floorMod(w + across, input.width());
        int from = h * input.width() + w;
        System.arraycopy(values, from * channels, shifted, to * channels, channels);
      }
    }
    return shifted;
  }
}
