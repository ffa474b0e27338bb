package io.convoy.layer;

import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * The operation of {@link BatchNorm2d}.
 *
 * <p>Statistics are taken piece by piece, a piece being some rows of one image (their number
 * follows from the width): the mean of a piece, then its sum of squared deviations, each column of
 * pixels by itself and columns in ascending order. Pieces are combined in their order by Chan's
 * formula (Chan, Golub, LeVeque 1979, eq. 2.1) in double precision; E[x²] - E[x]² is never formed.
 *
 * <p>Per-channel coefficients are repeated along a row of pixels, so that the kernels see one long
 * row instead of many short ones.
 */
final class BatchNormalization implements Operation {
  private static final int PIECE_PIXELS = 512;

  private final BatchNorm2d layer;
  private final Binding binding;
  private final Tensor x;
  private final int channels;
  private final int rowLength;
  private final int pieceRows;
  private final int piecesPerImage;
  private final float[][] pieceFirst;
  private final float[][] pieceSecond;
  private final float[][] rowSums;
  private final float[][] rowSquares;
  private final float[][] rowMean;
  private final float[] mean;
  private final float[] squares;
  private final float[] inverse;
  private final float[] meanRow;
  private final float[] scaleRow;
  private final float[] shiftRow;
  private final float[] slopeRow;
  private final float[] offsetRow;
  private final WorkPool.Block statisticsBlock = this::pieceStatistics;
  private final WorkPool.Block normalizeBlock = this::normalizePiece;
  private final WorkPool.Block productsBlock = this::pieceProducts;
  private final WorkPool.Block gradientBlock = this::gradientPiece;
  private float[] state;

  BatchNormalization(BatchNorm2d layer, Binding binding) {
    this.layer = layer;
    this.binding = binding;
    x = binding.input();
    channels = x.shape().channels();
    rowLength = x.shape().width() * channels;
    pieceRows = Math.min(x.shape().height(), Math.max(1, PIECE_PIXELS / x.shape().width()));
    piecesPerImage = (x.shape().height() + pieceRows - 1) / pieceRows;
    int pieces = binding.training() ? x.capacity() * piecesPerImage : 0;
    int threads = binding.training() ? binding.pool().threads() : 0;
    Arena arena = binding.arena();
    pieceFirst = arena.floats(pieces, channels);
    pieceSecond = arena.floats(pieces, channels);
    rowSums = arena.floats(threads, rowLength);
    rowSquares = arena.floats(threads, rowLength);
    rowMean = arena.floats(threads, rowLength);
    mean = arena.floats(channels);
    squares = arena.floats(channels);
    inverse = arena.floats(channels);
    meanRow = arena.floats(rowLength);
    scaleRow = arena.floats(rowLength);
    shiftRow = arena.floats(rowLength);
    slopeRow = arena.floats(rowLength);
    offsetRow = arena.floats(rowLength);
  }

  @Override
  public void load(float[] state) {
    this.state = state;
  }

  @Override
  public void forward(Pass pass) {
    int pieces = pass.samples() * piecesPerImage;
    if (pass.training()) {
      binding.pool().run(pieces, statisticsBlock);
      combine(pieces);
      double count = count(pass);
      for (int c = 0; c < channels; c++) {
        inverse[c] = (float) (1 / Math.sqrt(squares[c] / count + layer.epsilon()));
      }
    } else {
      System.arraycopy(state, binding.offsets()[2], mean, 0, channels);
      for (int c = 0; c < channels; c++) {
        double variance = state[binding.offsets()[3] + c];
        inverse[c] = (float) (1 / Math.sqrt(variance + layer.epsilon()));
      }
    }
    repeat(mean, meanRow);
    for (int i = 0; i < rowLength; i++) {
      scaleRow[i] = state[binding.offsets()[0] + i % channels] * inverse[i % channels];
      shiftRow[i] = state[binding.offsets()[1] + i % channels];
    }
    binding.pool().run(pieces, normalizeBlock);
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    int pieces = pass.samples() * piecesPerImage;
    binding.pool().run(pieces, productsBlock);
    double count = count(pass);
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      double product = 0;
      for (int p = 0; p < pieces; p++) {
        sum += pieceFirst[p][c];
        product += pieceSecond[p][c];
      }
      float weight = state[binding.offsets()[0] + c];
      float dBias = (float) sum;
      float dWeight = (float) (product * inverse[c]);
      gradient[binding.offsets()[0] + c] = dWeight;
      gradient[binding.offsets()[1] + c] = dBias;
      gradient[binding.offsets()[2] + c] = mean[c];
      gradient[binding.offsets()[3] + c] = squares[c];
      double scale = (double) weight * inverse[c];
      slopeRow[c] = (float) (-scale * inverse[c] * dWeight / count);
      offsetRow[c] = (float) (-scale * dBias / count);
    }
    if (binding.inputGradient() == null) {
      return;
    }
    for (int i = channels; i < rowLength; i++) {
      slopeRow[i] = slopeRow[i - channels];
      offsetRow[i] = offsetRow[i - channels];
    }
    binding.pool().run(pieces, gradientBlock);
  }

  private double count(Pass pass) {
    return (double) pass.samples() * x.shape().height() * x.shape().width();
  }

  private RowKernels rows() {
    return binding.kernels().rows();
  }

  private int firstRow(int piece) {
    return piece % piecesPerImage * pieceRows;
  }

  private int lastRow(int piece) {
    return Math.min(x.shape().height(), firstRow(piece) + pieceRows);
  }

  private void pieceStatistics(int piece, int thread) {
    int n = piece / piecesPerImage;
    float[] sums = rowSums[thread];
    float[] deviations = rowSquares[thread];
    float[] centre = rowMean[thread];
    Arrays.fill(sums, 0f);
    Arrays.fill(deviations, 0f);
    for (int h = firstRow(piece); h < lastRow(piece); h++) {
      rows().add(x.data(), x.at(n, h, 0), sums, 0, rowLength);
    }
    float[] pieceMean = pieceFirst[piece];
    fold(sums, pieceMean);
    float pixels = (lastRow(piece) - firstRow(piece)) * x.shape().width();
    for (int c = 0; c < channels; c++) {
      pieceMean[c] /= pixels;
    }
    repeat(pieceMean, centre);
    for (int h = firstRow(piece); h < lastRow(piece); h++) {
      rows().addSquares(x.data(), x.at(n, h, 0), centre, deviations, rowLength);
    }
    fold(deviations, pieceSecond[piece]);
  }

  private void combine(int pieces) {
    for (int c = 0; c < channels; c++) {
      double count = 0;
      double combined = 0;
      double deviations = 0;
      for (int p = 0; p < pieces; p++) {
        double more = (lastRow(p) - firstRow(p)) * x.shape().width();
        double distance = pieceFirst[p][c] - combined;
        double share = more / (count + more);
        combined += distance * share;
        deviations += pieceSecond[p][c] + distance * distance * count * share;
        count += more;
      }
      mean[c] = (float) combined;
      squares[c] = (float) deviations;
    }
  }

  private void normalizePiece(int piece, int thread) {
    int n = piece / piecesPerImage;
    Tensor y = binding.output();
    for (int h = firstRow(piece); h < lastRow(piece); h++) {
      rows()
          .normalize(
              x.data(),
              x.at(n, h, 0),
              meanRow,
              scaleRow,
              shiftRow,
              y.data(),
              y.at(n, h, 0),
              rowLength);
    }
  }

  private void pieceProducts(int piece, int thread) {
    int n = piece / piecesPerImage;
    Tensor dy = binding.outputGradient();
    float[] sums = rowSums[thread];
    float[] products = rowSquares[thread];
    Arrays.fill(sums, 0f);
    Arrays.fill(products, 0f);
    for (int h = firstRow(piece); h < lastRow(piece); h++) {
      rows()
          .addProducts(
              dy.data(),
              dy.at(n, h, 0),
              x.data(),
              x.at(n, h, 0),
              meanRow,
              sums,
              products,
              rowLength);
    }
    fold(sums, pieceFirst[piece]);
    fold(products, pieceSecond[piece]);
  }

  private void gradientPiece(int piece, int thread) {
    int n = piece / piecesPerImage;
    Tensor dy = binding.outputGradient();
    Tensor dx = binding.inputGradient();
    for (int h = firstRow(piece); h < lastRow(piece); h++) {
      rows()
          .normalizeGradient(
              dy.data(),
              dy.at(n, h, 0),
              x.data(),
              x.at(n, h, 0),
              meanRow,
              scaleRow,
              slopeRow,
              offsetRow,
              dx.data(),
              dx.at(n, h, 0),
              rowLength);
    }
  }

  /** Sums the pixels of a row of sums, channel by channel, in ascending order. */
  private void fold(float[] row, float[] perChannel) {
    System.arraycopy(row, 0, perChannel, 0, channels);
    for (int start = channels; start < rowLength; start += channels) {
      rows().add(row, start, perChannel, 0, channels);
    }
  }

  private void repeat(float[] perChannel, float[] row) {
    for (int start = 0; start < rowLength; start += channels) {
      System.arraycopy(perChannel, 0, row, start, channels);
    }
  }
}
