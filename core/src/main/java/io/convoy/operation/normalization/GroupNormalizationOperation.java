package io.convoy.operation.normalization;

import io.convoy.kernel.RowKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.Pass;
import io.convoy.shard.ShardTree;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * Normalisation of groups of channels of an image by their own mean and variance over all pixels. A
 * thread does an image: it sums the rows of pixels, then the pixels of that row, then, in double
 * precision, the channels of a group. With μ and σ² of a group of m numbers, and w the weights:
 *
 * <pre>
 *   i = 1 / sqrt(σ² + epsilon),  y = w i (x - μ) + bias
 *   A[c] = sum of dy,  B[c] = sum of dy (x - μ)
 *   dx = w i dy - i² (x - μ) i / m · sum over c of w B - i / m · sum over c of w A
 * </pre>
 */
public final class GroupNormalizationOperation implements Operation {
  private final int groups;
  private final float epsilon;
  private final boolean affine;
  private final boolean trains;
  private final Binding binding;
  private final Tensor x;
  private final int channels;
  private final int rowLength;
  private final RowKernels kernels;

  /** Of each sample and group, from the forward pass. */
  private final float[] means;

  private final float[] inverses;

  /** Of each sample: B i of each channel, then A. */
  private final float[][] sampleSums;

  private final Rows[] rows;
  private float[] state;

  /** What a thread works with: rows of coefficients, and of sums. */
  private record Rows(
      float[] mean, float[] scale, float[] shift, float[] slope, float[] first, float[] second) {
    static Rows of(Arena arena, int length) {
      return new Rows(
          arena.floats(length),
          arena.floats(length),
          arena.floats(length),
          arena.floats(length),
          arena.floats(length),
          arena.floats(length));
    }
  }

  /**
   * @param affine whether there are a weight and a bias for each channel
   */
  public GroupNormalizationOperation(int groups, float epsilon, boolean affine, Binding binding) {
    this.groups = groups;
    this.epsilon = epsilon;
    this.affine = affine;
    this.binding = binding;
    x = binding.input();
    channels = x.shape().channels();
    rowLength = x.shape().width() * channels;
    kernels = binding.kernels().rows();
    Arena arena = binding.arena();
    means = arena.floats(Math.multiplyExact(x.capacity(), groups));
    inverses = arena.floats(means.length);
    trains = affine && binding.training();
    sampleSums = arena.floats(trains ? x.capacity() : 0, 2 * channels);
    rows = new Rows[binding.pool().threads()];
    for (int thread = 0; thread < rows.length; thread++) {
      rows[thread] = Rows.of(arena, rowLength);
    }
  }

  @Override
  public void load(float[] state) {
    this.state = state;
  }

  @Override
  public void forward(Pass pass) {
    binding.pool().run(pass.samples(), this::normalize);
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    binding.pool().run(pass.samples(), this::gradient);
    if (trains) {
      sumSamples(pass);
      System.arraycopy(sampleSums[0], 0, gradient, binding.offsets()[0], channels);
      System.arraycopy(sampleSums[0], channels, gradient, binding.offsets()[1], channels);
    }
  }

  /** Samples of a shard in their order, shards along their tree; the whole ends in the first. */
  private void sumSamples(Pass pass) {
    for (int shard = 0; shard < pass.shards(); shard++) {
      float[] sum = sampleSums[pass.start(shard)];
      for (int n = pass.start(shard) + 1; n < pass.start(shard + 1); n++) {
        kernels.add(sampleSums[n], 0, sum, 0, 2 * channels);
      }
    }
    ShardTree.reduce(
        pass.shards(),
        (from, middle, to) ->
            kernels.add(
                sampleSums[pass.start(middle)], 0, sampleSums[pass.start(from)], 0, 2 * channels));
  }

  private float weight(int channel) {
    return affine ? state[binding.offsets()[0] + channel] : 1f;
  }

  private void normalize(int n, int thread) {
    Rows row = rows[thread];
    takeMeans(n, row);
    takeInverses(n, row);
    for (int c = 0; c < channels; c++) {
      row.scale[c] = weight(c) * inverses[n * groups + group(c)];
      row.shift[c] = affine ? state[binding.offsets()[1] + c] : 0f;
    }
    spread(row.scale);
    spread(row.shift);
    Tensor y = binding.output();
    for (int h = 0; h < x.shape().height(); h++) {
      kernels.normalize(
          x.data(),
          x.at(n, h, 0),
          row.mean,
          row.scale,
          row.shift,
          y.data(),
          y.at(n, h, 0),
          rowLength);
    }
  }

  private void takeMeans(int n, Rows row) {
    Arrays.fill(row.first, 0f);
    for (int h = 0; h < x.shape().height(); h++) {
      kernels.add(x.data(), x.at(n, h, 0), row.first, 0, rowLength);
    }
    for (int g = 0; g < groups; g++) {
      double sum = 0;
      for (int c = firstOf(g); c < firstOf(g + 1); c++) {
        sum += overPixels(row.first, c);
      }
      means[n * groups + g] = (float) (sum / numbers());
    }
    spreadMeans(n, row);
  }

  private void spreadMeans(int n, Rows row) {
    for (int c = 0; c < channels; c++) {
      row.mean[c] = means[n * groups + group(c)];
    }
    spread(row.mean);
  }

  private void takeInverses(int n, Rows row) {
    Arrays.fill(row.second, 0f);
    for (int h = 0; h < x.shape().height(); h++) {
      kernels.addSquares(x.data(), x.at(n, h, 0), row.mean, row.second, rowLength);
    }
    for (int g = 0; g < groups; g++) {
      double squares = 0;
      for (int c = firstOf(g); c < firstOf(g + 1); c++) {
        squares += overPixels(row.second, c);
      }
      inverses[n * groups + g] = (float) (1 / Math.sqrt(squares / numbers() + epsilon));
    }
  }

  private void gradient(int n, int thread) {
    Rows row = rows[thread];
    Tensor dy = binding.outputGradient();
    spreadMeans(n, row);
    Arrays.fill(row.first, 0f);
    Arrays.fill(row.second, 0f);
    for (int h = 0; h < x.shape().height(); h++) {
      kernels.addProducts(
          dy.data(),
          dy.at(n, h, 0),
          x.data(),
          x.at(n, h, 0),
          row.mean,
          row.first,
          row.second,
          rowLength);
    }
    for (int g = 0; g < groups; g++) {
      groupGradient(n, g, row);
    }
    if (binding.inputGradient() == null) {
      return;
    }
    spread(row.scale);
    spread(row.shift);
    spread(row.slope);
    Tensor dx = binding.inputGradient();
    for (int h = 0; h < x.shape().height(); h++) {
      kernels.normalizeGradient(
          dy.data(),
          dy.at(n, h, 0),
          x.data(),
          x.at(n, h, 0),
          row.mean,
          row.scale,
          row.slope,
          row.shift,
          dx.data(),
          dx.at(n, h, 0),
          rowLength);
    }
  }

  private void groupGradient(int n, int g, Rows row) {
    double inverse = inverses[n * groups + g];
    double sums = 0;
    double products = 0;
    for (int c = firstOf(g); c < firstOf(g + 1); c++) {
      double sum = overPixels(row.first, c);
      double product = overPixels(row.second, c) * inverse;
      sums += weight(c) * sum;
      products += weight(c) * product;
      if (trains) {
        sampleSums[n][c] = (float) product;
        sampleSums[n][channels + c] = (float) sum;
      }
    }
    float slope = (float) (-inverse * inverse * products / numbers());
    float offset = (float) (-inverse * sums / numbers());
    for (int c = firstOf(g); c < firstOf(g + 1); c++) {
      row.scale[c] = (float) (weight(c) * inverse);
      row.slope[c] = slope;
      row.shift[c] = offset;
    }
  }

  /** The sum of a channel over the pixels of a row, in their order. */
  private double overPixels(float[] row, int channel) {
    double sum = 0;
    for (int i = channel; i < rowLength; i += channels) {
      sum += row[i];
    }
    return sum;
  }

  private void spread(float[] row) {
    for (int start = channels; start < rowLength; start += channels) {
      System.arraycopy(row, 0, row, start, channels);
    }
  }

  /** Numbers that share a mean. */
  private double numbers() {
    return (double) x.shape().elements() / groups;
  }

  private int group(int channel) {
    return channel / (channels / groups);
  }

  private int firstOf(int group) {
    return group * (channels / groups);
  }
}
