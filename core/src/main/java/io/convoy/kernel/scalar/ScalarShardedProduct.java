package io.convoy.kernel.scalar;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.ShardedProduct;
import io.convoy.shard.ShardTree;

/** {@link ShardedProduct} one sum at a time. */
final class ScalarShardedProduct implements ShardedProduct {
  private final int width;

  ScalarShardedProduct(int width) {
    this.width = width;
  }

  @Override
  public void multiply(
      int shards,
      int[] bounds,
      float[] x,
      int xStart,
      float[] panel,
      int panelStart,
      float[] waiting,
      int waitingStart,
      float[] out,
      int outStart,
      int outStep,
      int rows) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        int top = waitingStart;
        for (int shard = 0; shard < shards; shard++) {
          float sum = 0;
          for (int k = bounds[shard]; k < bounds[shard + 1]; k++) {
            float factor = x[xStart + k * Kernels.WHOLE_ROWS + i];
            sum = Math.fma(factor, panel[panelStart + k * width + j], sum);
          }
          sum += 0f;
          for (int merge = ShardTree.merges(shard, shards); merge > 0; merge--) {
            sum = waiting[--top] + sum;
          }
          waiting[top++] = sum;
        }
        out[outStart + i * outStep + j] = waiting[waitingStart];
      }
    }
  }
}
