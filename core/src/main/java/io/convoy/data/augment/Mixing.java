package io.convoy.data.augment;

import io.convoy.random.Beta;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.Optional;

/**
 * Mixup and cutmix. An image's partner is the next one of its shard, that of the last one the
 * first; so each image is a partner once, and one that has a shard to itself stays as it is. Both
 * are augmented before they are mixed. Whether and how an image is mixed is drawn for each by
 * itself: a pure function of (seed, epoch, row).
 *
 * <p>Positions of the image's {@link Purpose#MIXING} stream: 0 whether, 1 which of the two where
 * both are given (each as likely), 2 and 3 row and column of the rectangle's centre, from 4 on the
 * share ({@link Beta}).
 */
final class Mixing {
  private static final int WHETHER = 0;
  private static final int WHICH = 1;
  private static final int ROW = 2;
  private static final int COLUMN = 3;
  private static final int SHARE_BLOCK = 1;

  private final Mixup mixup;
  private final Cutmix cutmix;
  private final Shape shape;
  private final float[] table;
  private final int[] channelTables;
  private final long seed;

  /**
   * @param table the 256 standardised values of each channel
   * @param channelTables where in the table those of each element of a line begin
   */
  Mixing(Augmentation augmentation, Shape shape, float[] table, int[] channelTables, long seed) {
    mixup = augmentation.mixup();
    cutmix = augmentation.cutmix();
    this.shape = shape;
    this.table = table;
    this.channelTables = channelTables;
    this.seed = seed;
  }

  /** How an image that has a partner is mixed; empty where it stays as it is. */
  Optional<Mix> mix(int epoch, long row) {
    if (mixup == null && cutmix == null) {
      return Optional.empty();
    }
    RandomStream draws = new RandomStream(seed, Purpose.MIXING);
    draws.at(epoch, row);
    boolean blend = cutmix == null || (mixup != null && draws.below(2, WHICH) == 0);
    double probability = blend ? mixup.probability() : cutmix.probability();
    if (!(draws.uniform(WHETHER) < probability)) {
      return Optional.empty();
    }
    double share = Beta.draw(draws, blend ? mixup.alpha() : cutmix.alpha(), SHARE_BLOCK);
    return Optional.of(blend ? new Mix.Blend((float) share) : patch(share, draws));
  }

  /** A rectangle of the image's proportions, of which only what lies in the image counts. */
  private Mix patch(double share, RandomStream draws) {
    double half = StrictMath.sqrt(1 - share) / 2;
    int height = (int) (half * shape.height());
    int width = (int) (half * shape.width());
    int row = draws.below(shape.height(), ROW);
    int column = draws.below(shape.width(), COLUMN);
    int top = Math.max(0, row - height);
    int left = Math.max(0, column - width);
    int bottom = Math.min(shape.height(), row + height);
    int right = Math.min(shape.width(), column + width);
    long area = (long) (bottom - top) * (right - left);
    double taken = (double) area / ((long) shape.height() * shape.width());
    return new Mix.Patch((float) (1 - taken), top, left, bottom, right);
  }

  /** Mixes a partner's bytes into a slot that holds the image itself, standardised. */
  void write(byte[] partner, Mix mix, Tensor batch, int slot) {
    if (mix instanceof Mix.Patch patch) {
      for (int h = patch.top(); h < patch.bottom(); h++) {
        replace(partner, h, patch, batch.data(), batch.at(slot, h, 0));
      }
    } else if (mix instanceof Mix.Blend blend) {
      for (int h = 0; h < shape.height(); h++) {
        blend(partner, h, blend.share(), batch.data(), batch.at(slot, h, 0));
      }
    }
  }

  private void replace(byte[] partner, int row, Mix.Patch patch, float[] data, int to) {
    int from = row * channelTables.length;
    int end = patch.right() * shape.channels();
    for (int i = patch.left() * shape.channels(); i < end; i++) {
      data[to + i] = table[channelTables[i] + (partner[from + i] & 0xFF)];
    }
  }

  private void blend(byte[] partner, int row, float share, float[] data, int to) {
    float[] values = table;
    int[] starts = channelTables;
    int from = row * starts.length;
    float rest = 1 - share;
    for (int i = 0; i < starts.length; i++) {
      float other = values[starts[i] + (partner[from + i] & 0xFF)];
      data[to + i] = Math.fma(share, data[to + i], rest * other);
    }
  }
}
