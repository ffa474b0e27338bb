package io.convoy.benchmarks.images;

import io.convoy.benchmarks.networks.Step;
import io.convoy.data.SampleWindow;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.ResizedCrop;
import io.convoy.data.augment.Resizing;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.image.DecodeScale;
import io.convoy.data.raster.Crop;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What Convoy's readers do for training, by the product's own loader on one thread: photographs are
 * decoded, a random part is resized to 224 x 224 and flipped or not, and standardised into a batch.
 */
final class ConvoyBatches implements Step {
  /** Samples of a batch: pillow.py fills as large a one. */
  private static final int SLOTS = 32;

  private static final Shape SHAPE = Shape.of(ImageSet.SIDE, ImageSet.SIDE, 3);
  private static final long SEED = 1;

  /** Those of ImageNet's images, of pixels in [0, 1]; in pillow.py too. */
  private static final StandardScore STANDARDIZATION =
      new StandardScore(new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f});

  private final EncodedSource source;
  private final SampleLoader loader;
  private final SampleLoader.Scratch scratch;
  private final SampleWindow window;
  private final Tensor batch = Tensor.of(SLOTS, SHAPE);

  ConvoyBatches(ImageSet set, DecodeScale scale) {
    int shorter = Resizing.usualShorter(ImageSet.SIDE);
    source = new EncodedSource(set);
    loader =
        new SampleLoader(
            source,
            SHAPE,
            new Resizing(ImageSet.SIDE, ImageSet.SIDE, shorter, scale),
            STANDARDIZATION,
            new Augmentation(0, true).withResizedCrop(ResizedCrop.STANDARD),
            SEED);
    scratch = loader.newScratch();
    window = source.open(IntStream.range(0, source.size()).toArray());
  }

  /** The parts of the photographs that the loader draws, for others to take the same. */
  static List<Crop> crops(ImageSet set) {
    try (ConvoyBatches batches = new ConvoyBatches(set, DecodeScale.FULL)) {
      batches.run();
      return batches.source.crops();
    }
  }

  @Override
  public void run() {
    for (int row = 0; row < source.size(); row++) {
      loader.write(loader.read(window, row, 0, scratch), batch, row % SLOTS);
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
