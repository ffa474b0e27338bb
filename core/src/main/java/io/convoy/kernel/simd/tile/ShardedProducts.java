package io.convoy.kernel.simd.tile;

import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.ShardedProduct;

/**
 * The product over shards. As {@link Tiles}, it is called many times with short sums before it is
 * used: compiled in the middle of long ones, it kept its sums as objects, and took twice as long,
 * in some processes and not in others.
 */
public final class ShardedProducts {
  private static final int WARM_UP_CALLS = 10_000;
  private static final int WARM_UP_SHARDS = 3;
  private static final int WARM_UP_TERMS = 2;

  /** Made when it is first asked for: many networks have no dense layer. */
  private static final class Holder {
    private static final ShardedProduct PRODUCT = warmUp(new SimdShardedProduct());
  }

  private ShardedProducts() {}

  /** The product, compiled. */
  public static ShardedProduct compiled() {
    return Holder.PRODUCT;
  }

  private static ShardedProduct warmUp(ShardedProduct product) {
    int panel = Tiles.panelVectors() * LANES;
    int[] bounds = new int[WARM_UP_SHARDS + 1];
    for (int shard = 0; shard <= WARM_UP_SHARDS; shard++) {
      bounds[shard] = shard * WARM_UP_TERMS;
    }
    float[] x = new float[WARM_UP_SHARDS * WARM_UP_TERMS * Kernels.WHOLE_ROWS];
    float[] columns = new float[WARM_UP_SHARDS * WARM_UP_TERMS * panel];
    float[] waiting = new float[ShardedProduct.waitingFloats(WARM_UP_SHARDS)];
    float[] out = new float[ShardedProduct.ROWS * panel];
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      int shards = 1 + i % WARM_UP_SHARDS;
      product.multiply(
          shards, bounds, x, 0, columns, 0, waiting, 0, out, 0, panel, ShardedProduct.ROWS);
    }
    return product;
  }
}
