package io.convoy.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.ArraySource;
import io.convoy.data.SampleWindow;
import io.convoy.error.ConvoyException;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleLoaderTest {
  private static final int HEIGHT = 7;
  private static final int WIDTH = 5;
  private static final int CHANNELS = 3;
  private static final int SAMPLES = 13;
  private static final int PADDING = 2;
  private static final long SEED = 42;

  private final Shape shape = Shape.of(HEIGHT, WIDTH, CHANNELS);
  private final StandardScore standardization =
      new StandardScore(new float[] {0.3f, 0.4f, 0.5f}, new float[] {0.2f, 0.3f, 0.1f});
  private final ArraySource source =
      ArraySource.of(
          shape,
          IntStream.range(0, SAMPLES).mapToObj(SampleLoaderTest::image).toArray(byte[][]::new));

  @Test
  void plainSamplesFillTheInteriorOnly() {
    SampleLoader loader = loader(Augmentation.NONE);
    Tensor batch = new Arena().tensor(3, shape, 2);
    load(loader, batch, 4, 1, 0, loader.newScratch());
    assertSlot(batch, 1, 4, 0, 0, false);
    double outside = 0;
    for (float value : batch.data()) {
      outside += Math.abs(value);
    }
    double inside = 0;
    for (int run = 0; run < batch.runs(3); run++) {
      for (int i = 0; i < batch.runLength(3); i++) {
        inside += Math.abs(batch.data()[batch.runStart(run) + i]);
      }
    }
    assertEquals(inside, outside, 1e-9, "the halo is written by nobody");
    assertEquals(0, batch.data()[batch.at(0, 0, 0)]);
    assertEquals(0, batch.data()[batch.at(2, 0, 0)]);
  }

  @Test
  void augmentsByTheDrawsAtTheirPositions() {
    SampleLoader loader = loader(new Augmentation(PADDING, true));
    SampleLoader.Scratch scratch = loader.newScratch();
    Tensor batch = new Arena().tensor(SAMPLES, shape, 1);
    RandomStream draws = new RandomStream(SEED, Purpose.AUGMENTATION);
    Set<Integer> shifts = new HashSet<>();
    int flips = 0;
    for (int epoch = 0; epoch < 20; epoch++) {
      for (int index = 0; index < SAMPLES; index++) {
        load(loader, batch, index, index, epoch, scratch);
        draws.at(epoch, index);
        int rows = draws.below(2 * PADDING + 1, 0) - PADDING;
        int columns = draws.below(2 * PADDING + 1, 1) - PADDING;
        boolean flip = draws.below(2, 2) == 1;
        assertSlot(batch, index, index, rows, columns, flip);
        shifts.add(rows * 10 + columns);
        flips += flip ? 1 : 0;
      }
    }
    assertEquals(25, shifts.size());
    assertTrue(flips > 90 && flips < 170, "flips in 260: " + flips);
  }

  @Test
  void theSlotAndTheOrderHaveNoPartInTheResult() {
    SampleLoader loader = loader(new Augmentation(PADDING, true));
    Tensor forward = Tensor.of(SAMPLES, shape);
    Tensor backward = Tensor.of(SAMPLES, shape);
    SampleLoader.Scratch one = loader.newScratch();
    SampleLoader.Scratch other = loader.newScratch();
    for (int i = 0; i < SAMPLES; i++) {
      load(loader, forward, i, i, 3, one);
      int last = SAMPLES - 1 - i;
      load(loader, backward, last, last, 3, other);
    }
    assertArrayEquals(forward.data(), backward.data());
  }

  @Test
  void threadsFillOneBatch() throws InterruptedException {
    SampleLoader loader = loader(new Augmentation(PADDING, true));
    Tensor alone = Tensor.of(SAMPLES, shape);
    SampleLoader.Scratch scratch = loader.newScratch();
    for (int i = 0; i < SAMPLES; i++) {
      load(loader, alone, i, i, 1, scratch);
    }
    Tensor shared = Tensor.of(SAMPLES, shape);
    Thread[] threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      int first = t;
      threads[t] =
          new Thread(
              () -> {
                SampleLoader.Scratch own = loader.newScratch();
                for (int i = first; i < SAMPLES; i += threads.length) {
                  load(loader, shared, i, i, 1, own);
                }
              });
      threads[t].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertArrayEquals(alone.data(), shared.data());
  }

  @Test
  void rejectsWhatDoesNotFit() {
    ConvoyException crop =
        assertThrows(ConvoyException.class, () -> loader(new Augmentation(5, false)));
    assertEquals(
        "cropPadding must be smaller than the image, or a crop may miss it: got 5 for images of"
            + " 7x5",
        crop.getMessage());
    assertThrows(ConvoyException.class, () -> new Augmentation(-1, false));
    Standardization grey = new StandardScore(new float[] {0}, new float[] {1});
    assertThrows(
        ConvoyException.class, () -> new SampleLoader(source, shape, grey, Augmentation.NONE, 1));
    SampleLoader loader = loader(Augmentation.NONE);
    Tensor other = Tensor.of(1, Shape.of(WIDTH, HEIGHT, CHANNELS));
    assertThrows(IllegalArgumentException.class, () -> loader.write(image(0), other, 0));
  }

  private SampleLoader loader(Augmentation augmentation) {
    return new SampleLoader(source, shape, standardization, augmentation, SEED);
  }

  private void load(
      SampleLoader loader,
      Tensor batch,
      int index,
      int slot,
      int epoch,
      SampleLoader.Scratch scratch) {
    try (SampleWindow window = source.open(new int[] {index})) {
      loader.write(loader.read(window, index, epoch, scratch), batch, slot);
    }
  }

  /** The slow and plain way: pad, cut, mirror, standardise, each by its definition. */
  private void assertSlot(Tensor batch, int slot, int index, int rows, int columns, boolean flip) {
    byte[] image = image(index);
    for (int h = 0; h < HEIGHT; h++) {
      for (int w = 0; w < WIDTH; w++) {
        int column = (flip ? WIDTH - 1 - w : w) + columns;
        int row = h + rows;
        boolean inside = row >= 0 && row < HEIGHT && column >= 0 && column < WIDTH;
        for (int c = 0; c < CHANNELS; c++) {
          int value = inside ? image[(row * WIDTH + column) * CHANNELS + c] & 0xFF : 0;
          float scale = (float) (1 / (255.0 * standardization.deviation()[c]));
          float shift =
              (float) (-(double) standardization.mean()[c] / standardization.deviation()[c]);
          assertEquals(Math.fma(value, scale, shift), batch.data()[batch.at(slot, h, w) + c]);
        }
      }
    }
  }

  private static byte[] image(int index) {
    byte[] image = new byte[HEIGHT * WIDTH * CHANNELS];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) (index * 61 + i * 29 + i * i);
    }
    return image;
  }
}
