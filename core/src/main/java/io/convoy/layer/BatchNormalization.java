package io.convoy.layer;

import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Tensor;

/**
 * The operation of {@link BatchNorm2d}, with the sum with a residual and the rectifier behind it
 * where the {@link Fusion} says so: forward in one pass behind the statistics, backward in one for
 * the sums and one for the input's gradient.
 *
 * <p>Per-channel coefficients are repeated along a row of pixels, so that the kernels see one long
 * row instead of many short ones.
 */
final class BatchNormalization implements Operation {
  private final BatchNorm2d layer;
  private final Binding binding;
  private final Tensor x;
  private final int channels;
  private final Pieces pieces;
  private final BatchStatistics statistics;
  private final NormalizationRows rows;
  private final float[] inverse;
  private final WorkPool.Block normalizeBlock = this::normalizePiece;
  private final WorkPool.Block productsBlock = this::pieceProducts;
  private final WorkPool.Block gradientBlock = this::gradientPiece;
  private float[] state;

  BatchNormalization(BatchNorm2d layer, Binding binding) {
    this.layer = layer;
    this.binding = binding;
    x = binding.input();
    channels = x.shape().channels();
    pieces = new Pieces(binding);
    statistics = new BatchStatistics(binding, pieces);
    rows = new NormalizationRows(binding);
    inverse = binding.arena().floats(channels);
  }

  @Override
  public void load(float[] state) {
    this.state = state;
  }

  @Override
  public void forward(Pass pass) {
    float[] mean = statistics.mean();
    if (pass.training()) {
      statistics.run(pass.samples());
      double count = count(pass);
      for (int c = 0; c < channels; c++) {
        inverse[c] = (float) (1 / Math.sqrt(statistics.squares()[c] / count + layer.epsilon()));
      }
    } else {
      System.arraycopy(state, binding.offsets()[2], mean, 0, channels);
      for (int c = 0; c < channels; c++) {
        double variance = state[binding.offsets()[3] + c];
        inverse[c] = (float) (1 / Math.sqrt(variance + layer.epsilon()));
      }
    }
    for (int c = 0; c < channels; c++) {
      float scale = state[binding.offsets()[0] + c] * inverse[c];
      rows.setForward(c, mean[c], scale, state[binding.offsets()[1] + c]);
    }
    rows.spreadForward();
    binding.pool().run(pieces.count(pass.samples()), normalizeBlock);
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    int count = pieces.count(pass.samples());
    binding.pool().run(count, productsBlock);
    for (int c = 0; c < channels; c++) {
      sum(c, count, count(pass), gradient);
    }
    if (binding.inputGradient() != null) {
      rows.spreadBackward();
      binding.pool().run(count, gradientBlock);
    }
  }

  /** A channel's gradients and moments, and the coefficients of the input's gradient. */
  private void sum(int c, int count, double pixels, float[] gradient) {
    double sum = 0;
    double product = 0;
    for (int p = 0; p < count; p++) {
      sum += pieces.first(p)[c];
      product += pieces.second(p)[c];
    }
    float weight = state[binding.offsets()[0] + c];
    float dBias = (float) sum;
    float dWeight = (float) (product * inverse[c]);
    gradient[binding.offsets()[0] + c] = dWeight;
    gradient[binding.offsets()[1] + c] = dBias;
    gradient[binding.offsets()[2] + c] = statistics.mean()[c];
    gradient[binding.offsets()[3] + c] = statistics.squares()[c];
    double scale = (double) weight * inverse[c];
    float slope = (float) (-scale * inverse[c] * dWeight / pixels);
    rows.setBackward(c, slope, (float) (-scale * dBias / pixels));
  }

  private double count(Pass pass) {
    return (double) pass.samples() * x.shape().height() * x.shape().width();
  }

  private void normalizePiece(int piece, int thread) {
    int n = pieces.image(piece);
    for (int h = pieces.firstRow(piece); h < pieces.lastRow(piece); h++) {
      rows.normalize(n, h);
    }
  }

  private void pieceProducts(int piece, int thread) {
    int n = pieces.image(piece);
    float[] sums = pieces.firstSums(thread);
    float[] products = pieces.secondSums(thread);
    for (int h = pieces.firstRow(piece); h < pieces.lastRow(piece); h++) {
      rows.addProducts(n, h, sums, products);
    }
    pieces.fold(sums, pieces.first(piece));
    pieces.fold(products, pieces.second(piece));
  }

  private void gradientPiece(int piece, int thread) {
    int n = pieces.image(piece);
    for (int h = pieces.firstRow(piece); h < pieces.lastRow(piece); h++) {
      rows.gradient(n, h);
    }
  }
}
