package io.convoy.data.augment;

import io.convoy.data.SampleSource;
import io.convoy.error.ConvoyException;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;

/**
 * Puts samples into a batch: reads the bytes, augments, standardises. What it writes is a pure
 * function of (source, standardisation, augmentation, seed, epoch, sample index), whichever thread
 * does it and in whichever order.
 *
 * <p>The draws of a sample stand at fixed positions of its {@link Purpose#AUGMENTATION} stream: 0
 * the crop's first row, 1 its first column, 2 the flip. Pixels outside the image count as raw 0
 * (standardised like any other).
 *
 * <p>The loader is shared by threads; each has a {@link Scratch} of its own and a slot of its own.
 */
public final class SampleLoader {
  private static final int CROP_ROW = 0;
  private static final int CROP_COLUMN = 1;
  private static final int FLIP = 2;

  private final SampleSource source;
  private final Augmentation augmentation;
  private final long seed;
  private final Shape shape;
  private final float[] table;

  /** What one thread needs for itself. */
  public static final class Scratch {
    private final byte[] pixels;
    private final RandomStream draws;

    private Scratch(int bytes, long seed) {
      pixels = new byte[bytes];
      draws = new RandomStream(seed, Purpose.AUGMENTATION);
    }
  }

  /**
   * @throws ConvoyException when the channels do not fit or the crop could miss the image
   */
  public SampleLoader(
      SampleSource source, Standardization standardization, Augmentation augmentation, long seed) {
    this.source = source;
    this.augmentation = augmentation;
    this.seed = seed;
    this.shape = source.shape();
    if (standardization.channels() != shape.channels()) {
      throw ConvoyException.usage(
          "the standardisation must have the images' channels: it has %d, the images are %s (height"
              + " x width x channels)",
          standardization.channels(), shape);
    }
    if (augmentation.cropPadding() >= Math.min(shape.height(), shape.width())) {
      throw ConvoyException.usage(
          "cropPadding must be smaller than the image, or a crop may miss it: got %d for images of"
              + " %dx%d",
          augmentation.cropPadding(), shape.height(), shape.width());
    }
    this.table = standardization.table();
  }

  /** Memory for one thread. */
  public Scratch newScratch() {
    return new Scratch(shape.elements(), seed);
  }

  /** The target of a sample. */
  public Target target(int index) {
    return source.target(index);
  }

  /**
   * Writes a sample, augmented for an epoch, to the interior of slot {@code slot} of a batch.
   * Allocates nothing.
   *
   * @param index the sample's index in the data set
   * @throws ConvoyException when the image cannot be read
   */
  public void load(Tensor batch, int slot, int index, int epoch, Scratch scratch) {
    RandomStream draws = scratch.draws;
    draws.at(epoch, index);
    int padding = augmentation.cropPadding();
    int rows = draws.below(2 * padding + 1, CROP_ROW) - padding;
    int columns = draws.below(2 * padding + 1, CROP_COLUMN) - padding;
    boolean flip = augmentation.flip() && draws.below(2, FLIP) == 1;
    write(batch, slot, index, rows, columns, flip, scratch.pixels);
  }

  /** Writes a sample as it is, for evaluation; else like {@link #load}. */
  public void loadPlain(Tensor batch, int slot, int index, Scratch scratch) {
    write(batch, slot, index, 0, 0, false, scratch.pixels);
  }

  private void write(
      Tensor batch, int slot, int index, int rows, int columns, boolean flip, byte[] pixels) {
    if (!batch.shape().equals(shape) || slot < 0 || slot >= batch.capacity()) {
      throw new IllegalArgumentException(
          "slot %s of a batch of %s samples %s cannot take an image %s"
              .formatted(slot, batch.capacity(), batch.shape(), shape));
    }
    source.read(index, pixels, 0);
    int width = shape.width();
    int step = flip ? -1 : 1;
    for (int h = 0; h < shape.height(); h++) {
      int row = h + rows;
      boolean inside = row >= 0 && row < shape.height();
      int first = columns + (flip ? width - 1 : 0);
      writeRow(batch, batch.at(slot, h, 0), inside ? row : -1, first, step, pixels);
    }
  }

  /** One row of the result: the pixels {@code first, first + step…} of a row, -1 for the frame. */
  private void writeRow(Tensor batch, int target, int row, int first, int step, byte[] pixels) {
    float[] data = batch.data();
    int width = shape.width();
    int channels = shape.channels();
    for (int w = 0; w < width; w++) {
      int column = first + w * step;
      boolean inside = row >= 0 && column >= 0 && column < width;
      int pixel = (row * width + column) * channels;
      for (int channel = 0; channel < channels; channel++) {
        int value = inside ? pixels[pixel + channel] & 0xFF : 0;
        data[target++] = table[256 * channel + value];
      }
    }
  }
}
