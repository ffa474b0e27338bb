package io.convoy.operation.normalization;

import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.operation.Binding;
import io.convoy.operation.Epilogue;
import io.convoy.operation.Fusion;
import io.convoy.operation.Operation;
import io.convoy.operation.Pass;
import io.convoy.operation.Pieces;
import io.convoy.shard.Moments;
import io.convoy.shard.ShardTree;
import io.convoy.tensor.Tensor;

/**
 * Batch normalisation, with the sum with a residual and the rectifier behind it where the {@link
 * Fusion} says so: forward in one pass behind the statistics, backward in one for the sums and one
 * for the input's gradient.
 *
 * <p>Each shard is normalised by its own statistics, or, as long as these are frozen, by the moving
 * averages, which are constants to the backward pass then. Per-channel coefficients are repeated
 * along a row of pixels, so that the kernels see one long row instead of many short ones.
 */
public final class BatchNormalizationOperation implements Operation {
  private final float epsilon;
  private final Binding binding;
  private final Tensor x;
  private final int channels;
  private final Pieces pieces;
  private final PieceSums pieceSums;
  private final BatchStatistics statistics;
  private final NormalizationRows[] rows;
  private final float[][] inverse;
  private final float[][] weightGradients;
  private final float[][] biasGradients;
  private final WorkPool.Block normalizeBlock = this::normalizePiece;
  private final WorkPool.Block productsBlock = this::pieceProducts;
  private final WorkPool.Block gradientBlock = this::gradientPiece;
  private final WorkPool.Block constantsBlock = this::constantsPiece;
  private float[] state;
  private Pass pass;
  private int frozenEpochs;

  /** Whether whoever writes the input has it normalised, too: in inference alone. */
  private boolean follows;

  public BatchNormalizationOperation(float epsilon, Binding binding) {
    this.epsilon = epsilon;
    this.binding = binding;
    x = binding.input();
    channels = x.shape().channels();
    pieces = new Pieces(x.shape(), binding.pool());
    pieceSums = new PieceSums(pieces, binding);
    statistics = new BatchStatistics(binding, pieces, pieceSums);
    int shards = binding.capacity().shards();
    rows = new NormalizationRows[shards];
    for (int shard = 0; shard < shards; shard++) {
      rows[shard] = new NormalizationRows(binding);
    }
    inverse = binding.arena().floats(shards, channels);
    int trained = binding.training() ? shards : 0;
    weightGradients = binding.arena().floats(trained, channels);
    biasGradients = binding.arena().floats(trained, channels);
  }

  @Override
  public void freezeStatistics(int epochs) {
    frozenEpochs = epochs;
  }

  private boolean isFrozen(Pass pass) {
    return pass.epoch() < frozenEpochs;
  }

  /** In training the statistics, which read the input; else all, where it lies. */
  @Override
  public Epilogue epilogue() {
    if (binding.training()) {
      return statistics.epilogue();
    }
    follows = true;
    NormalizationRows by = rows[0]; // no shards
    return new Epilogue(pieces, x.capacity(), false, (piece, thread) -> normalizePiece(piece, by));
  }

  @Override
  public void load(float[] state) {
    this.state = state;
    if (follows) {
      normalizeByAverages(0);
    }
  }

  @Override
  public void forward(Pass pass) {
    if (follows) {
      return;
    }
    this.pass = pass;
    if (pass.training() && isFrozen(pass)) {
      for (int shard = 0; shard < pass.shards(); shard++) {
        normalizeByAverages(shard);
      }
    } else if (pass.training()) {
      statistics.run(pass);
      for (int shard = 0; shard < pass.shards(); shard++) {
        normalizeBy(statistics.moments(shard), 0, channels, pixels(pass.samples(shard)), shard);
      }
    } else {
      normalizeByAverages(0);
    }
    pieces.run(pass.samples(), normalizeBlock);
  }

  private void normalizeByAverages(int shard) {
    normalizeBy(state, binding.offsets()[2], binding.offsets()[3], 1, shard);
  }

  /**
   * Takes a shard's coefficients.
   *
   * @param mean where the means start in {@code from}
   * @param squares where what makes variances starts, when it is divided by {@code count}
   */
  private void normalizeBy(float[] from, int mean, int squares, double count, int shard) {
    for (int c = 0; c < channels; c++) {
      double variance = from[squares + c] / count;
      inverse[shard][c] = (float) (1 / Math.sqrt(variance + epsilon));
      float scale = state[binding.offsets()[0] + c] * inverse[shard][c];
      rows[shard].setForward(c, from[mean + c], scale, state[binding.offsets()[1] + c]);
    }
    rows[shard].spreadForward();
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    if (!binding.training()) {
      pieces.run(pass.samples(), constantsBlock);
      return;
    }
    pieces.run(pass.samples(), productsBlock);
    for (int shard = 0; shard < pass.shards(); shard++) {
      for (int c = 0; c < channels; c++) {
        sum(c, shard);
      }
    }
    if (binding.inputGradient() != null) {
      for (int shard = 0; shard < pass.shards(); shard++) {
        rows[shard].spreadBackward();
      }
      pieces.run(pass.samples(), gradientBlock);
    }
    mergeShards();
    System.arraycopy(weightGradients[0], 0, gradient, binding.offsets()[0], channels);
    System.arraycopy(biasGradients[0], 0, gradient, binding.offsets()[1], channels);
    moments(pass, gradient);
  }

  @Override
  public void moments(Pass pass, float[] moments) {
    mergeMoments(pass);
    System.arraycopy(statistics.moments(0), 0, moments, binding.offsets()[2], channels);
    System.arraycopy(statistics.moments(0), channels, moments, binding.offsets()[3], channels);
  }

  /** A channel's gradients over a shard, and the coefficients of the input's gradient. */
  private void sum(int c, int shard) {
    double sum = 0;
    double product = 0;
    int last = pieces.count(pass.start(shard + 1));
    for (int p = pieces.count(pass.start(shard)); p < last; p++) {
      sum += pieceSums.first(p)[c];
      product += pieceSums.second(p)[c];
    }
    double pixels = pixels(pass.samples(shard));
    float weight = state[binding.offsets()[0] + c];
    float dBias = (float) sum;
    float dWeight = (float) (product * inverse[shard][c]);
    weightGradients[shard][c] = dWeight;
    biasGradients[shard][c] = dBias;
    if (isFrozen(pass)) {
      rows[shard].setBackward(c, 0, 0); // mean and variance do not depend on the input
      return;
    }
    double scale = (double) weight * inverse[shard][c];
    float slope = (float) (-scale * inverse[shard][c] * dWeight / pixels);
    rows[shard].setBackward(c, slope, (float) (-scale * dBias / pixels));
  }

  /** Gradients of all shards, along their tree; the whole ends in the first. */
  private void mergeShards() {
    RowKernels kernels = binding.kernels().rows();
    ShardTree.reduce(
        pass.shards(),
        (from, middle, to) -> {
          kernels.add(weightGradients[middle], 0, weightGradients[from], 0, channels);
          kernels.add(biasGradients[middle], 0, biasGradients[from], 0, channels);
        });
  }

  /** Likewise their moments. */
  private void mergeMoments(Pass pass) {
    ShardTree.reduce(
        pass.shards(),
        (from, middle, to) ->
            Moments.merge(
                statistics.moments(from),
                0,
                pixels(pass.start(middle) - pass.start(from)),
                statistics.moments(middle),
                0,
                pixels(pass.start(to) - pass.start(middle)),
                channels));
  }

  /** Pixels of so many samples. */
  private long pixels(int samples) {
    return (long) samples * x.shape().height() * x.shape().width();
  }

  private void normalizePiece(int piece, int thread) {
    normalizePiece(piece, rows[pass.shardOf(pieces.image(piece))]);
  }

  private void normalizePiece(int piece, NormalizationRows by) {
    int n = pieces.image(piece);
    for (int h = pieces.firstRow(piece); h < pieces.lastRow(piece); h++) {
      by.normalize(n, h);
    }
  }

  private void pieceProducts(int piece, int thread) {
    int n = pieces.image(piece);
    NormalizationRows shardRows = rows[pass.shardOf(n)];
    float[] sums = pieceSums.firstRow(thread);
    float[] products = pieceSums.secondRow(thread);
    for (int h = pieces.firstRow(piece); h < pieces.lastRow(piece); h++) {
      shardRows.addProducts(n, h, sums, products);
    }
    pieceSums.fold(sums, pieceSums.first(piece));
    pieceSums.fold(products, pieceSums.second(piece));
  }

  private void gradientPiece(int piece, int thread) {
    int n = pieces.image(piece);
    NormalizationRows shardRows = rows[pass.shardOf(n)];
    for (int h = pieces.firstRow(piece); h < pieces.lastRow(piece); h++) {
      shardRows.gradient(n, h);
    }
  }

  /** Where the averages are constants: the coefficients beside {@code scale} stay zero. */
  private void constantsPiece(int piece, int thread) {
    int n = pieces.image(piece);
    for (int h = pieces.firstRow(piece); h < pieces.lastRow(piece); h++) {
      rows[0].passResidual(n, h);
      rows[0].gradient(n, h);
    }
  }
}
