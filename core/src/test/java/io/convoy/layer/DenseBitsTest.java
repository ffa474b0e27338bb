package io.convoy.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.kernel.scalar.ScalarKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Fusion;
import io.convoy.operation.Operation;
import io.convoy.operation.Pass;
import io.convoy.operation.PassCapacity;
import io.convoy.operation.PassKind;
import io.convoy.operation.correlation.WindowRows;
import io.convoy.reference.GradientCheck;
import io.convoy.reference.Numbers;
import io.convoy.shard.ShardTree;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The ways to compute a dense layer, held bit for bit to plain loops in the order that its sums are
 * said to have, whichever way the sizes lead to.
 */
class DenseBitsTest {
  private static final int SLICE = 128;
  private static final int[] THREADS = {1, 3};

  /** A dense layer by plain loops, over samples whose shards all are of one chunk. */
  private record Plain(int inputs, int outputs, float[] x, float[] dy, float[] weights) {
    float[] outputs(float[] bias, int samples) {
      float[] y = new float[samples * outputs];
      for (int n = 0; n < samples; n++) {
        for (int o = 0; o < outputs; o++) {
          y[n * outputs + o] = sum(bias[o], inputs, x, n * inputs, weights, o * inputs, 1);
        }
      }
      return y;
    }

    float[] inputGradients(int samples) {
      float[] dx = new float[samples * inputs];
      for (int n = 0; n < samples; n++) {
        for (int i = 0; i < inputs; i++) {
          dx[n * inputs + i] = sum(0, outputs, dy, n * outputs, weights, i, inputs);
        }
      }
      return dx;
    }

    private static float sum(
        float start, int terms, float[] a, int aStart, float[] b, int bStart, int bStep) {
      float total = start;
      int[] slices = WindowRows.slices(terms, SLICE);
      for (int slice = 0; slice < slices.length - 1; slice++) {
        float sum = 0;
        for (int k = slices[slice]; k < slices[slice + 1]; k++) {
          sum = Math.fma(a[aStart + k], b[bStart + k * bStep], sum);
        }
        total = sum + total;
      }
      return total;
    }

    float[] weightGradients(int... bounds) {
      float[] dw = new float[outputs * inputs];
      float[] sums = new float[bounds.length - 1];
      for (int w = 0; w < dw.length; w++) {
        for (int shard = 0; shard < sums.length; shard++) {
          float sum = 0;
          for (int n = bounds[shard]; n < bounds[shard + 1]; n++) {
            sum = Math.fma(dy[n * outputs + w / inputs], x[n * inputs + w % inputs], sum);
          }
          sums[shard] = 0 + sum;
        }
        ShardTree.reduce(sums.length, (left, right, to) -> sums[left] += sums[right]);
        dw[w] = sums[0];
      }
      return dw;
    }
  }

  /** Sizes that lead to each way, with whole and broken tiles, strips and slices. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "2, 37, 3, 1", // columns for less than a vector
    "8, 64, 6, 1",
    "8, 131, 70, 8",
    "16, 320, 141, 8",
    "16, 1100, 12, 3", // several strips
    "7, 96, 500, 5", // several slices back
    "13, 530, 33, 2", // several slices forward
    "33, 70, 40, 1", // many samples
    "40, 300, 150, 3",
    "128, 1090, 50, 1",
    "50, 200, 20, 5", // few outputs
    "70, 130, 10, 8",
  })
  void isThatOfPlainLoops(int samples, int inputs, int outputs, int shards) {
    float[] x = Numbers.array(1, samples * inputs);
    float[] dy = Numbers.array(2, samples * outputs);
    float[] state = Numbers.array(3, 5 + outputs * inputs + outputs);
    float[] weights = Arrays.copyOfRange(state, 5, 5 + outputs * inputs);
    float[] bias = Arrays.copyOfRange(state, 5 + outputs * inputs, state.length);
    Plain plain = new Plain(inputs, outputs, x, dy, weights);
    int[] bounds = WindowRows.slices(samples, (samples + shards - 1) / shards);
    float[] y = plain.outputs(bias, samples);
    float[] dx = plain.inputGradients(samples);
    float[] dw = plain.weightGradients(bounds);
    for (Kernels kernels : List.of(new ScalarKernels(), KernelProvider.kernels())) {
      for (int threads : THREADS) {
        try (WorkPool pool = new WorkPool(threads)) {
          String about = kernels.name() + ", threads " + threads;
          Results results = compute(plain, state, bounds, kernels, pool);
          assertArrayEquals(bits(y), bits(results.y), about + ", forward");
          assertArrayEquals(bits(dx), bits(results.dx), about + ", data");
          assertArrayEquals(bits(dw), bits(results.dw), about + ", weights");
        }
      }
    }
  }

  private record Results(float[] y, float[] dx, float[] dw) {}

  private static Results compute(
      Plain plain, float[] state, int[] bounds, Kernels kernels, WorkPool pool) {
    int samples = bounds[bounds.length - 1];
    int largest = 0;
    for (int shard = 0; shard < bounds.length - 1; shard++) {
      largest = Math.max(largest, bounds[shard + 1] - bounds[shard]);
    }
    Arena arena = new Arena();
    Tensor x = arena.tensor(samples, Shape.of(plain.inputs), 0);
    Tensor dx = arena.tensor(samples, Shape.of(plain.inputs), 0);
    Tensor y = arena.tensor(samples, Shape.of(plain.outputs), 0);
    Tensor dy = arena.tensor(samples, Shape.of(plain.outputs), 0);
    GradientCheck.fill(x, samples, plain.x);
    GradientCheck.fill(dy, samples, plain.dy);
    GradientCheck.spoil(y, samples);
    GradientCheck.spoil(dx, samples);
    Operation operation =
        Linear.of(plain.outputs)
            .bind(
                new Binding(
                    PassKind.TRAINING,
                    new PassCapacity(samples, bounds.length - 1, largest, samples),
                    0,
                    Fusion.NONE,
                    List.of(x),
                    y,
                    new Tensor[] {dx},
                    new boolean[1],
                    dy,
                    new int[] {5, 5 + plain.weights.length},
                    ConvolutionAlgorithm.AUTO,
                    kernels,
                    pool,
                    arena));
    Pass pass = new Pass(samples).training(1, 0, new int[samples], bounds);
    float[] gradient = new float[state.length];
    Arrays.fill(gradient, Float.NaN);
    operation.load(state);
    operation.forward(pass);
    operation.backward(pass, gradient);
    float[] dw = Arrays.copyOfRange(gradient, 5, 5 + plain.weights.length);
    return new Results(values(y, samples), values(dx, samples), dw);
  }

  private static float[] values(Tensor tensor, int samples) {
    int length = tensor.shape().channels();
    float[] values = new float[samples * length];
    for (int n = 0; n < samples; n++) {
      System.arraycopy(tensor.data(), tensor.at(n, 0, 0), values, n * length, length);
    }
    return values;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
