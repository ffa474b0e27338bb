package io.convoy.data.transform;

import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;

/**
 * The random numbers of one step of a list over one image. Step k (from 0) has the positions {@code
 * 64 (k + 1)} to {@code 64 (k + 2) - 1} of the image's {@link Purpose#AUGMENTATION} stream, for
 * what is drawn once an image, and a {@link Purpose#PIXEL_NOISE} stream of its own, for what is
 * drawn for each pixel. The positions before 64 are those of crops and flips.
 *
 * <p>For one thread at a time.
 */
public final class Draws {
  /** Positions that a step has. */
  static final int POSITIONS = 64;

  private static final double LARGEST = 0xFFFFFF;

  private final long seed;
  private final RandomStream stream;
  private final RandomStream noise;
  private int epoch;
  private long row;
  private int step;

  /** Of a training's seed. */
  public Draws(long seed) {
    this.seed = seed;
    stream = new RandomStream(seed, Purpose.AUGMENTATION);
    noise = new RandomStream(seed, Purpose.PIXEL_NOISE);
  }

  /** Turns to an image, and to step 0. */
  public void at(int epoch, long row) {
    this.epoch = epoch;
    this.row = row;
    stream.at(epoch, row);
    step = 0;
  }

  /** Turns to a step, from 0. */
  public void step(int step) {
    this.step = step;
  }

  /**
   * A whole number in [0, bound).
   *
   * @param position in [0, 64)
   */
  int below(int bound, int position) {
    return stream.below(bound, place(position));
  }

  /** A number in [low, high], one of 2^24 at equal distances. */
  double between(double low, double high, int position) {
    return low + (high - low) * ((stream.bits(place(position)) >>> 8) / LARGEST);
  }

  /** What a pixel's value is multiplied by: in [max(0, 1 - range), 1 + range]. */
  double factor(double range, int position) {
    return between(Math.max(0, 1 - range), 1 + range, position);
  }

  /** Whether something of this probability happens: never for 0, always for 1. */
  boolean happens(double probability, int position) {
    return stream.uniform(place(position)) < probability;
  }

  /** The step's numbers for pixels, from position 0 on. */
  RandomStream noise() {
    noise.reset(seed, Purpose.PIXEL_NOISE, step);
    noise.at(epoch, row);
    return noise;
  }

  private int place(int position) {
    if (position < 0 || position >= POSITIONS) {
      throw new IllegalArgumentException("a step has " + POSITIONS + " positions; got " + position);
    }
    return POSITIONS * (step + 1) + position;
  }
}
