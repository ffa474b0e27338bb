package io.convoy.benchmarks.timing;

import io.convoy.kernel.KernelProvider;
import io.convoy.kernel.WorkPool;
import java.util.function.LongSupplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The most that this machine computes: fused multiply-adds on registers alone, in vectors of the
 * width that Convoy's kernels use, on as many threads.
 */
public final class Peak implements LongSupplier {
  /** As wide as the kernels' vectors: two widths in one JVM would slow both on JDK 17. */
  private static final VectorSpecies<Float> SPECIES = species(KernelProvider.kernels().lanes());

  /** Independent sums: two units with a latency of four or five cycles want ten. */
  private static final int SUMS = 12;

  private static final int ITERATIONS = 10_000;
  private static final int BLOCKS_PER_THREAD = 40;

  private final WorkPool pool;
  private final float[] sinks;
  private final WorkPool.Block block;

  /**
   * @param pool whose threads compute
   */
  public Peak(WorkPool pool) {
    this.pool = pool;
    this.sinks = new float[pool.threads() * SPECIES.length()];
    this.block =
        (index, thread) ->
            multiplyAdd(ITERATIONS, 0.5f).intoArray(sinks, thread * SPECIES.length());
  }

  private static VectorSpecies<Float> species(int lanes) {
    return lanes == 1
        ? FloatVector.SPECIES_PREFERRED
        : VectorSpecies.of(float.class, VectorShape.forBitSize(lanes * Float.SIZE));
  }

  /** Computes {@link #operations} and gives the nanoseconds that it took. */
  @Override
  public long getAsLong() {
    long start = System.nanoTime();
    pool.run(blocks(), block);
    return System.nanoTime() - start;
  }

  /** Floating operations of a call, two a multiply-add. */
  public double operations() {
    return 2.0 * SUMS * SPECIES.length() * ITERATIONS * blocks();
  }

  private int blocks() {
    return BLOCKS_PER_THREAD * pool.threads();
  }

  /** Unrolled by hand: sums in an array would not stay in registers. They tend to 2 factor. */
  private static FloatVector multiplyAdd(int iterations, float factor) {
    FloatVector a = FloatVector.broadcast(SPECIES, factor);
    FloatVector s0 = a;
    FloatVector s1 = a;
    FloatVector s2 = a;
    FloatVector s3 = a;
    FloatVector s4 = a;
    FloatVector s5 = a;
    FloatVector s6 = a;
    FloatVector s7 = a;
    FloatVector s8 = a;
    FloatVector s9 = a;
    FloatVector s10 = a;
    FloatVector s11 = a;
    for (int i = 0; i < iterations; i++) {
      s0 = s0.lanewise(VectorOperators.FMA, a, a);
      s1 = s1.lanewise(VectorOperators.FMA, a, a);
      s2 = s2.lanewise(VectorOperators.FMA, a, a);
      s3 = s3.lanewise(VectorOperators.FMA, a, a);
      s4 = s4.lanewise(VectorOperators.FMA, a, a);
      s5 = s5.lanewise(VectorOperators.FMA, a, a);
      s6 = s6.lanewise(VectorOperators.FMA, a, a);
      s7 = s7.lanewise(VectorOperators.FMA, a, a);
      s8 = s8.lanewise(VectorOperators.FMA, a, a);
      s9 = s9.lanewise(VectorOperators.FMA, a, a);
      s10 = s10.lanewise(VectorOperators.FMA, a, a);
      s11 = s11.lanewise(VectorOperators.FMA, a, a);
    }
    FloatVector low = s0.add(s1).add(s2).add(s3).add(s4).add(s5);
    return low.add(s6).add(s7).add(s8).add(s9).add(s10).add(s11);
  }
}
