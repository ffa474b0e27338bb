package io.convoy.benchmarks.timing;

import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import java.util.function.LongSupplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The most that this machine computes: fused multiply-adds on registers alone, in vectors of the
 * width that Convoy's kernels use, on as many threads.
 *
 * <p>It is the best of all calls since the start. A median would tell what the machine had left
 * over: on a shared one, some calls find a processor taken, and a share of that could exceed one.
 */
public final class Peak implements LongSupplier {
  /** As wide as the kernels' vectors: two widths in one JVM would slow both on JDK 17. */
  private static final VectorSpecies<Float> SPECIES = species(KernelProvider.kernels().lanes());

  /** Independent sums: two units with a latency of four or five cycles want ten. */
  private static final int SUMS = 12;

  private static final int ITERATIONS = 10_000;

  /** Two milliseconds or so: what a helper needs to wake up is a small part of it. */
  private static final int BLOCKS_PER_THREAD = 120;

  /** Short calls that have the loop compiled as a whole, not in the middle of a long run. */
  private static final int WARM_UP_CALLS = 20_000;

  private static final int WARM_UP_ITERATIONS = 3;

  /** A new best one that is no better than this is none. */
  private static final double STEADY = 1.002;

  private final WorkPool pool;
  private final float[] sinks;
  private final WorkPool.Block block;
  private double best;

  /**
   * @param pool whose threads compute
   */
  public Peak(WorkPool pool) {
    this.pool = pool;
    this.sinks = new float[pool.threads() * SPECIES.length()];
    this.block =
        (index, thread) ->
            multiplyAdd(ITERATIONS, 0.5f).intoArray(sinks, thread * SPECIES.length());
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      multiplyAdd(WARM_UP_ITERATIONS, 0.5f).intoArray(sinks, 0);
    }
  }

  private static VectorSpecies<Float> species(int lanes) {
    return lanes == 1
        ? FloatVector.SPECIES_PREFERRED
        : VectorSpecies.of(float.class, VectorShape.forBitSize(lanes * Float.SIZE));
  }

  /**
   * Calls until so many calls in a row brought no new best one.
   *
   * @param patience at least 1
   * @param seconds it takes no longer than that
   * @return {@link #best}
   */
  public double settle(int patience, double seconds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    for (int idle = 0; idle < patience && System.nanoTime() - end < 0; idle++) {
      double before = best;
      var unused = getAsLong(); // what counts is kept
      idle = best > STEADY * before ? -1 : idle;
    }
    return best;
  }

  /** Computes {@link #operations} and gives the nanoseconds that it took. */
  @Override
  public long getAsLong() {
    long start = System.nanoTime();
    pool.run(blocks(), block);
    long nanos = System.nanoTime() - start;
    best = Math.max(best, 1e9 * operations() / nanos);
    return nanos;
  }

  /** Floating operations of a call, two a multiply-add. */
  public double operations() {
    return 2.0 * SUMS * SPECIES.length() * ITERATIONS * blocks();
  }

  /** Floating operations a second in the best call so far; 0 before the first. */
  public double best() {
    return best;
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
      s0 = s0.fma(a, a);
      s1 = s1.fma(a, a);
      s2 = s2.fma(a, a);
      s3 = s3.fma(a, a);
      s4 = s4.fma(a, a);
      s5 = s5.fma(a, a);
      s6 = s6.fma(a, a);
      s7 = s7.fma(a, a);
      s8 = s8.fma(a, a);
      s9 = s9.fma(a, a);
      s10 = s10.fma(a, a);
      s11 = s11.fma(a, a);
    }
    FloatVector low = s0.add(s1).add(s2).add(s3).add(s4).add(s5);
    return low.add(s6).add(s7).add(s8).add(s9).add(s10).add(s11);
  }
}
