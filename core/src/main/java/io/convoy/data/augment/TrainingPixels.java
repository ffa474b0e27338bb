package io.convoy.data.augment;

import io.convoy.data.ChannelSums;
import io.convoy.data.SampleSource;
import io.convoy.data.SampleSubset;
import io.convoy.data.SampleWindow;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The pixels that a standardisation is measured on: read once, by several threads. All sums are
 * whole numbers, so neither the threads nor the order of reading have a part in them.
 *
 * @param source the images that are trained on, without what is held back
 * @param framing what is made of each image first
 * @param threads that read and add, at least 1
 * @param progress told of what is read
 */
public record TrainingPixels(SampleSource source, Framing framing, int threads, Progress progress) {

  /** Told how many images were read. */
  @FunctionalInterface
  public interface Progress {
    /** Called by any thread, several at a time. */
    void onRead(long done, long total);
  }

  /** Images that are read before their products are summed: these sums fit into an int. */
  private static final int BLOCK = 64;

  /** What is done with an image. */
  @FunctionalInterface
  private interface Sink {
    /**
     * @param slot of the image in its window
     * @param thread who read it, from 0
     */
    void take(Pixels image, int row, int slot, int thread);
  }

  /** Nobody is told. */
  public static TrainingPixels of(SampleSource source, Framing framing, int threads) {
    return new TrainingPixels(source, framing, threads, (done, total) -> {});
  }

  /** The sums of each channel's values and squares, read only where the source knows none. */
  ChannelSums channels() {
    return known().orElseGet(() -> counted(source));
  }

  /** What a source knows is of images as they are stored. */
  private Optional<ChannelSums> known() {
    if (framing != Framing.STORED) {
      return Optional.empty();
    }
    Optional<ChannelSums> own = source.channelSums();
    if (own.isPresent() || !(source instanceof SampleSubset part)) {
      return own;
    }
    // of a whole that knows its sums it is enough to read what is not in this part
    return part.rest()
        .filter(rest -> rest.size() < part.size())
        .flatMap(rest -> part.whole().channelSums().map(all -> all.minus(counted(rest))));
  }

  private ChannelSums counted(SampleSource images) {
    PixelCounts[] counts = PixelCounts.ofThreads(images.channels(), threads);
    try (MeasuringThreads pool = new MeasuringThreads(threads)) {
      read(
          images,
          images.rowGroups().window(),
          pool,
          (image, row, slot, thread) -> counts[thread].add(image),
          read -> {});
    }
    return PixelCounts.sums(counts);
  }

  /** SHA-256 of each image as it is decoded, and the sums of all, in one reading. */
  public PixelDigests digests() {
    PixelDigests digests = new PixelDigests(source, threads);
    try (MeasuringThreads pool = new MeasuringThreads(threads)) {
      read(
          source,
          source.rowGroups().window(),
          pool,
          (image, row, slot, thread) -> digests.take(image, row, thread),
          read -> {});
    }
    return digests;
  }

  /** The sums of each element of the images, which must be of one shape. */
  ElementSums elements() {
    return summed(false);
  }

  /** The same, and those of the products of any two elements. */
  ElementSums products() {
    return summed(true);
  }

  private ElementSums summed(boolean products) {
    Shape shape = firstShape();
    if (products) {
      ImageStatistics.requireRoom(ImageStatistics.Parts.MEAN_AND_MATRIX, shape);
    }
    ElementSums sums = new ElementSums(shape, BLOCK, threads, products);
    try (MeasuringThreads pool = new MeasuringThreads(threads)) {
      read(
          source,
          BLOCK,
          pool,
          (image, row, slot, thread) -> {
            requireShape(shape, image.shape(), row);
            sums.put(image.bytes(), slot);
          },
          read -> sums.add(read, pool));
    }
    return sums;
  }

  private Shape firstShape() {
    Pixels first = new Pixels();
    try (SampleWindow window = source.open(new int[] {0})) {
      window.read(0, framing, first);
    }
    return first.shape();
  }

  private void requireShape(Shape expected, Shape found, int row) {
    if (!found.equals(expected)) {
      throw ConvoyException.data(
          "%s: a mean image is of images of one size: this one is %s, the first is %s (height x"
              + " width x channels); set data.size in the recipe, which has images brought to a"
              + " size",
          source.describe(row), found, expected);
    }
  }

  /** What is done when the images of a block were read. */
  @FunctionalInterface
  private interface BlockEnd {
    void end(int images);
  }

  private void read(
      SampleSource images, int block, MeasuringThreads pool, Sink sink, BlockEnd end) {
    Pixels[] buffers = Stream.generate(Pixels::new).limit(threads).toArray(Pixels[]::new);
    AtomicLong done = new AtomicLong();
    int atOnce = images.rowGroups().window();
    for (int from = 0; from < images.size(); from += atOnce) {
      int to = from + Math.min(atOnce, images.size() - from);
      try (SampleWindow window = images.open(IntStream.range(from, to).toArray())) {
        for (int first = from; first < to; first += block) {
          int start = first;
          int count = Math.min(block, to - first);
          pool.run(
              count,
              (slot, thread) -> {
                window.read(start + slot, framing, buffers[thread]);
                sink.take(buffers[thread], start + slot, slot, thread);
                progress.onRead(done.incrementAndGet(), images.size());
              });
          end.end(count);
        }
      }
    }
  }
}
