package io.convoy.kernel;

import static io.convoy.kernel.Kernels.WHOLE_ROWS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.reference.Numbers;
import io.convoy.shard.ShardTree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bits of {@link ShardedProduct}: shard by shard from zero, then node by node of the tree. */
class ShardedProductContractTest {
  private static final int[][] SAMPLES = {
    {1}, {5}, {2, 2}, {3, 1, 2}, {2, 2, 2, 2, 2, 2, 2, 2}, {1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1}
  };

  @ParameterizedTest
  @MethodSource("io.convoy.kernel.Providers#all")
  void sumsGoAlongTheTree(Kernels kernels) {
    for (int[] samples : SAMPLES) {
      for (int rows = ShardedProduct.ROWS; rows <= 12; rows += ShardedProduct.ROWS) {
        check(kernels, samples, rows);
      }
    }
  }

  private static void check(Kernels kernels, int[] samples, int rows) {
    int[] bounds = new int[samples.length + 1];
    for (int shard = 0; shard < samples.length; shard++) {
      bounds[shard + 1] = bounds[shard] + samples[shard];
    }
    int terms = bounds[samples.length];
    int width = kernels.panelWidth();
    int outStep = width + 3;
    float[] x = Numbers.array(1, 7 + terms * WHOLE_ROWS);
    float[] panel = Numbers.array(2, 5 + terms * width);
    float[] waiting = Numbers.array(3, 9 + ShardedProduct.waitingFloats(samples.length));
    float[] out = Numbers.array(4, 2 + rows * outStep);
    float[] before = out.clone();
    kernels
        .sharded()
        .multiply(samples.length, bounds, x, 7, panel, 5, waiting, 9, out, 2, outStep, rows);
    for (int at = 0; at < out.length; at++) {
      int i = (at - 2) / outStep;
      int j = (at - 2) % outStep;
      float expected = before[at];
      if (at >= 2 && i < rows && j < width) {
        expected = sum(ShardTree.root(samples.length), bounds, x, 7 + i, panel, 5 + j, width);
      }
      assertEquals(expected, out[at], samples.length + " shards, element " + at);
    }
  }

  private static float sum(
      ShardTree.Node node, int[] bounds, float[] x, int row, float[] panel, int column, int width) {
    if (!node.leaf()) {
      return sum(node.left(), bounds, x, row, panel, column, width)
          + sum(node.right(), bounds, x, row, panel, column, width);
    }
    float sum = 0;
    for (int k = bounds[node.from()]; k < bounds[node.to()]; k++) {
      sum = Math.fma(x[row + k * WHOLE_ROWS], panel[column + k * width], sum);
    }
    return sum;
  }
}
