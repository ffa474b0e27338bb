package io.convoy.data.augment;

import io.convoy.data.SampleSource;
import io.convoy.data.SampleWindow;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.data.transform.Canvas;
import io.convoy.data.transform.Transform;
import io.convoy.data.transform.TransformRun;
import io.convoy.error.ConvoyException;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes of a stored image what a network takes, in two steps that may lie far apart in time: reads
 * and augments it, which gives bytes of the network's input shape; standardises these into a batch.
 * The bytes are a pure function of (source, resizing, augmentation, seed, epoch, row), whichever
 * thread makes them and in whichever order.
 *
 * <p>The draws of a sample stand at fixed positions of its {@link Purpose#AUGMENTATION} stream: 0
 * the crop's first row, 1 its first column, 2 the flip; those from 64 on are the steps' ({@link
 * io.convoy.data.transform.Draws}). What brings an image to the network's input draws from its
 * {@link Purpose#FRAMING} stream. Pixels outside the image count as raw 0 (standardised like any
 * other).
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
  private final Resizing resizing;
  private final SampleWriter writer;
  private final Mixing mixing;

  /** What one thread needs for itself. */
  public static final class Scratch {
    private final Pixels image = new Pixels();
    private final byte[] augmented;
    private final RandomStream draws;
    private final RandomStream framing;
    private final TransformRun steps;

    private Scratch(Shape shape, Augmentation augmentation, long seed) {
      augmented = new byte[shape.elements()];
      draws = new RandomStream(seed, Purpose.AUGMENTATION);
      framing = new RandomStream(seed, Purpose.FRAMING);
      steps =
          augmentation.steps().isEmpty()
              ? null
              : new TransformRun(augmentation.steps(), shape, seed);
    }
  }

  /** Of images that have the shape of the network's input. */
  public SampleLoader(
      SampleSource source,
      Shape shape,
      Standardization standardization,
      Augmentation augmentation,
      long seed) {
    this(source, shape, null, standardization, augmentation, seed);
  }

  /**
   * @param shape of the network's input, {@code [height, width, channels]}
   * @param resizing how images are brought to that size; null where they must have it
   * @throws ConvoyException when the channels do not fit or the crop could miss the image
   */
  public SampleLoader(
      SampleSource source,
      Shape shape,
      Resizing resizing,
      Standardization standardization,
      Augmentation augmentation,
      long seed) {
    this(source, shape, resizing, augmentation, seed, standardization);
    augmentation.requireFits(resizing);
    if (augmentation.cropPadding() >= Math.min(shape.height(), shape.width())) {
      throw ConvoyException.usage(
          "cropPadding must be smaller than the image, or a crop may miss it: got %d for images of"
              + " %dx%d",
          augmentation.cropPadding(), shape.height(), shape.width());
    }
    Transform.requireFit(augmentation.steps(), shape, "augmentation.steps");
  }

  private SampleLoader(
      SampleSource source,
      Shape shape,
      Resizing resizing,
      Augmentation augmentation,
      long seed,
      Standardization standardization) {
    this.source = source;
    this.shape = shape;
    this.resizing = resizing;
    writer = new SampleWriter(shape, standardization);
    this.augmentation = augmentation;
    this.seed = seed;
    mixing = writer.mixing(augmentation, seed);
  }

  /**
   * Samples that a scratch has room for: the image as it is read, shifted, and what steps need. One
   * thread may need two, for an image and its partner.
   */
  public static int scratchSamples(Augmentation augmentation) {
    return 2 + (augmentation.steps().isEmpty() ? 0 : Canvas.IMAGES);
  }

  /** One that reads the same samples as they are, for evaluation. */
  public SampleLoader plain() {
    return new SampleLoader(source, shape, resizing, Augmentation.NONE, seed, standardization());
  }

  /** Whether to read a sample is to copy it, so that nobody gains by doing so ahead of time. */
  public boolean copies(int row) {
    return resizing == null && augmentation.steps().isEmpty() && source.isDecoded(row);
  }

  /** What samples are read from. */
  public SampleSource source() {
    return source;
  }

  /** The bytes of a sample, when it is read and augmented. */
  public int sampleBytes() {
    return shape.elements();
  }

  /** Memory for one thread. */
  public Scratch newScratch() {
    return new Scratch(shape, augmentation, seed);
  }

  /** Memory for so many threads, one each. */
  public Scratch[] newScratch(int threads) {
    return Stream.generate(this::newScratch).limit(threads).toArray(Scratch[]::new);
  }

  /**
   * Reads a sample, and augments it for an epoch.
   *
   * @param row of the window
   * @return its bytes from 0 on, in HWC order, until the scratch is used again
   * @throws ConvoyException when the image cannot be read, or has not the network's shape
   */
  public byte[] read(SampleWindow window, int row, int epoch, Scratch scratch) {
    window.read(row, framing(epoch, row, scratch.framing), scratch.image);
    writer.requireShape(scratch.image.shape(), () -> source.describe(row));
    byte[] image = scratch.image.bytes();
    RandomStream draws = scratch.draws;
    draws.at(epoch, row);
    int padding = augmentation.cropPadding();
    int rows = draws.below(2 * padding + 1, CROP_ROW) - padding;
    int columns = draws.below(2 * padding + 1, CROP_COLUMN) - padding;
    boolean flip = augmentation.flip() && draws.below(2, FLIP) == 1;
    byte[] placed =
        rows == 0 && columns == 0 && !flip
            ? image
            : shifted(image, rows, columns, flip, scratch.augmented);
    return scratch.steps == null ? placed : scratch.steps.apply(placed, epoch, row);
  }

  /** How a sample that has a partner is mixed with it in an epoch; empty for not. */
  public Optional<Mix> mix(int row, int epoch) {
    return mixing.mix(epoch, row);
  }

  private Framing framing(int epoch, int row, RandomStream draws) {
    if (resizing == null) {
      return Framing.STORED;
    }
    draws.at(epoch, row);
    return augmentation.framing(resizing, draws);
  }

  /** The piece of the framed image that starts so many rows and columns off its corner. */
  private byte[] shifted(byte[] image, int rows, int columns, boolean flip, byte[] result) {
    int pixel = shape.channels();
    int line = shape.width() * pixel;
    int frame = Math.abs(columns) * pixel; // at the left where columns < 0
    for (int h = 0; h < shape.height(); h++) {
      int to = h * line;
      int row = h + rows;
      if (row < 0 || row >= shape.height()) {
        Arrays.fill(result, to, to + line, (byte) 0);
        continue;
      }
      int from = row * line;
      if (columns < 0) {
        Arrays.fill(result, to, to + frame, (byte) 0);
        System.arraycopy(image, from, result, to + frame, line - frame);
      } else {
        System.arraycopy(image, from + frame, result, to, line - frame);
        Arrays.fill(result, to + line - frame, to + line, (byte) 0);
      }
      if (flip) {
        Mirror.line(result, to, to + line - pixel, pixel);
      }
    }
    return result;
  }

  /** How bytes become numbers. */
  public Standardization standardization() {
    return writer.standardization();
  }

  /**
   * Standardises a sample into the interior of slot {@code slot} of a batch, as {@link
   * SampleWriter#write} does.
   *
   * @param sample what {@link #read} gave, or a copy
   */
  public void write(byte[] sample, Tensor batch, int slot) {
    writer.write(sample, batch, slot);
  }

  /**
   * The same of a sample that is mixed with its partner.
   *
   * @param partner what {@link #read} gave with another scratch, or a copy
   */
  public void write(byte[] sample, byte[] partner, Mix mix, Tensor batch, int slot) {
    writer.scale(sample, batch, slot);
    mixing.write(partner, mix, batch, slot);
    writer.centre(batch, slot);
  }
}
