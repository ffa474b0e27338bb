package io.convoy.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.IndexedSource;
import io.convoy.data.RowGroups;
import io.convoy.data.SampleSource;
import io.convoy.data.StreamedSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.augment.Standardization;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.data.transform.Noise;
import io.convoy.error.ConvoyException;
import io.convoy.reference.BarImages;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is read ahead is what would be read without; windows open in time and close. */
@Timeout(60)
class SampleFeedTest {
  private static final int SAMPLES = 45;
  private static final int BATCH = 7;
  private static final int SHARDS = 3;
  private static final RowGroups GROUPS = RowGroups.of(new int[] {7, 1, 12, 3, 9, 2, 11}, 5);
  private static final Shape SHAPE = Shape.of(9, 7, 3);

  private final BarImages images = BarImages.colour(SAMPLES);
  private final StreamedSource streamed = new StreamedSource(images, GROUPS);

  private static SampleLoader loader(SampleSource source) {
    Standardization some =
        new StandardScore(new float[] {0.5f, 0.4f, 0.3f}, new float[] {0.2f, 0.2f, 0.2f});
    return new SampleLoader(source, SHAPE, some, new Augmentation(2, true), 5);
  }

  private static ShardOrder order(int ranks) {
    return order(ranks, BATCH);
  }

  private static ShardOrder order(int ranks, int batch) {
    BatchPlan plan = new BatchPlan(GROUPS, batch, SHARDS, 42);
    return new ShardOrder(plan, ranks, 3 * plan.stepsPerEpoch());
  }

  private static float[] load(SampleFeed feed, Batch batch) {
    Tensor input = Tensor.of(BATCH, SHAPE);
    for (int position = batch.from(); position < batch.to(); position++) {
      Object target = feed.load(position, input, position - batch.from(), position % 2);
      assertEquals(new ClassLabel(BarImages.colour(SAMPLES).label(batch.rows()[position])), target);
    }
    return input.data();
  }

  /** Without threads, without windows. */
  private float[] expected(Batch batch) {
    SampleLoader loader = loader(images);
    Tensor input = Tensor.of(BATCH, SHAPE);
    for (int position = batch.from(); position < batch.to(); position++) {
      int row = batch.rows()[position];
      byte[] read =
          loader.read(images.open(new int[] {row}), row, batch.epoch(), loader.newScratch());
      loader.write(read, input, position - batch.from());
    }
    return input.data();
  }

  @Test
  void ranksGetTheSamplesOfTheirShards() {
    for (int ranks = 1; ranks <= SHARDS; ranks++) {
      for (int rank = 0; rank < ranks; rank++) {
        ShardOrder order = order(ranks);
        int before = streamed.rowsRead();
        try (SampleFeed feed = SampleFeed.of(loader(streamed), order, 2)) {
          for (long step = 0; step < order.batches(); step++) {
            Batch batch = feed.begin(step, rank);
            assertEquals(step, batch.number());
            assertArrayEquals(expected(batch), load(feed, batch));
          }
        }
        assertEquals(0, streamed.openWindows());
        int read = streamed.rowsRead() - before;
        assertTrue(ranks > 1 ? read <= 3 * SAMPLES : read == 3 * SAMPLES, "rows read: " + read);
      }
    }
  }

  /** Of each stream the window that is read from, and the next: so much memory, and no more. */
  @Test
  void fewWindowsAreOpenAtATime() {
    ShardOrder order = order(1, 3); // a row of each stream a step: it is two ahead
    try (SampleFeed feed = SampleFeed.of(loader(streamed), order, 2)) {
      for (long step = 0; step < order.batches(); step++) {
        load(feed, feed.begin(step, 0));
        if (step == 0) {
          assertTrue(streamed.rowsRead() < SAMPLES, "rows read: " + streamed.rowsRead());
        }
      }
    }
    assertTrue(streamed.mostOpenWindows() <= 3 * SHARDS, "most: " + streamed.mostOpenWindows());
  }

  @Test
  void aStepMayBeTakenAgainOrSkipped() {
    ShardOrder order = order(1);
    try (SampleFeed feed = SampleFeed.of(loader(streamed), order, 3)) {
      for (long step : new long[] {0, 0, 1, 9, 10, 10, 3, 4, order.batches() + 5, 0}) {
        for (int rank : new int[] {0, 0}) {
          Batch batch = feed.begin(step, rank);
          assertArrayEquals(expected(batch), load(feed, batch), "step " + step);
        }
      }
    }
    assertEquals(0, streamed.openWindows());
  }

  @Test
  void anotherRanksPartIsReadAnew() {
    ShardOrder order = order(2);
    try (SampleFeed feed = SampleFeed.of(loader(streamed), order, 2)) {
      for (int step = 0; step < 6; step++) {
        Batch batch = feed.begin(step, step / 2 % 2);
        assertArrayEquals(expected(batch), load(feed, batch), "step " + step);
      }
    }
  }

  /** The step that needs a damaged image fails, none before it; it works when the image does. */
  @Test
  void damageIsToldToWhoeverNeedsIt() {
    ShardOrder order = order(1);
    int[] rows = new int[BATCH];
    order(1).plan().indices(2, rows);
    streamed.damage(rows[3]);
    try (SampleFeed feed = SampleFeed.of(loader(streamed), order, 2)) {
      for (long step = 0; step < 2; step++) {
        load(feed, feed.begin(step, 0));
      }
      Batch batch = feed.begin(2, 0);
      for (int i = 0; i < 2; i++) {
        ConvoyException error =
            assertThrows(ConvoyException.class, () -> load(feed, feed.begin(2, 0)));
        assertEquals("row %s: damaged; fetch it again".formatted(rows[3]), error.getMessage());
      }
      streamed.damage(-1);
      Batch again = feed.begin(2, 0);
      assertArrayEquals(batch.rows(), again.rows());
      assertArrayEquals(expected(again), load(feed, again));
    }
    assertEquals(0, streamed.openWindows());
  }

  @Test
  void itsThreadsEndWithIt() {
    long before = readers();
    SampleFeed feed = SampleFeed.of(loader(streamed), order(1), 3);
    feed.begin(0, 0);
    assertEquals(before + 3, readers());
    feed.close();
    assertEquals(before, readers());
  }

  private static long readers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("convoy-reader-"))
        .count();
  }

  /** A task that is killed does not wait for a store that does not answer. */
  @Test
  void whoWaitsCanBeInterrupted() throws InterruptedException {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    streamed.stall(
        () -> {
          reading.countDown();
          awaitUninterruptibly(answer);
        });
    ShardOrder order = order(1);
    try (SampleFeed feed = SampleFeed.of(loader(streamed), order, 2)) {
      Batch batch = feed.begin(0, 0);
      reading.await(); // a reader has the first sample, and is stuck
      Thread.currentThread().interrupt();
      Tensor input = Tensor.of(BATCH, SHAPE);
      ConvoyException error =
          assertThrows(ConvoyException.class, () -> feed.load(batch.from(), input, 0, 0));
      assertEquals("interrupted while images were read", error.getMessage());
      assertTrue(Thread.interrupted(), "the interrupt is handed on");
      answer.countDown();
      assertArrayEquals(expected(batch), load(feed, batch));
      Thread.currentThread().interrupt();
      load(feed, batch); // all there: nobody waits
      assertTrue(Thread.interrupted());
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void samplesInMemoryAreReadWhereTheyAreNeeded() {
    BatchPlan plan = new BatchPlan(SAMPLES, BATCH, SHARDS, 42);
    ShardOrder order = new ShardOrder(plan, 1, 20);
    long before = readers();
    try (SampleFeed feed = SampleFeed.of(loader(images), order, 2)) {
      for (long step = 0; step < 20; step++) {
        Batch batch = feed.begin(step, 0);
        assertArrayEquals(expected(batch), load(feed, batch));
      }
      assertEquals(before, readers());
    }
  }

  /** Images of which some are kept decoded, as a folder's are after some steps. */
  private record Filling(int decoded, BarImages images) implements IndexedSource {
    @Override
    public Optional<Shape> commonShape() {
      return images.commonShape();
    }

    @Override
    public boolean isDecoded(int index) {
      return index < decoded;
    }

    @Override
    public List<String> classes() {
      return images.classes();
    }

    @Override
    public Target target(int index) {
      return images.target(index);
    }

    @Override
    public int size() {
      return images.size();
    }

    @Override
    public void read(int index, Framing framing, Pixels into) {
      images.read(index, framing, into);
    }

    @Override
    public String fingerprint() {
      return images.fingerprint();
    }

    @Override
    public void close() {}
  }

  @Test
  void someAreCopiedAndSomeAreReadAhead() {
    long before = readers();
    BatchPlan plan = new BatchPlan(SAMPLES, BATCH, SHARDS, 42);
    ShardOrder order = new ShardOrder(plan, 1, 20);
    Filling filling = new Filling(SAMPLES / 2, images);
    try (SampleFeed feed = SampleFeed.of(loader(filling), order, 2)) {
      for (long step = 0; step < 20; step++) {
        Batch batch = feed.begin(step, 0);
        assertArrayEquals(expected(batch), load(feed, batch));
      }
      assertEquals(before + 2, readers());
    }
  }

  @Test
  void stepsOfAugmentationAreDoneAhead() {
    long before = readers();
    Augmentation noise = Augmentation.NONE.withSteps(new Noise(5, 1));
    SampleLoader loader =
        new SampleLoader(
            images, SHAPE, new StandardScore(new float[3], new float[] {1, 1, 1}), noise, 5);
    try (SampleFeed feed = SampleFeed.of(loader, order(1), 2)) {
      load(feed, feed.begin(0, 0));
      assertEquals(before + 2, readers());
    }
  }

  @Test
  void anImageOfAnotherSizeIsNamed() {
    SampleLoader loader =
        new SampleLoader(
            streamed,
            Shape.of(9, 9, 3),
            new StandardScore(new float[3], new float[] {1, 1, 1}),
            Augmentation.NONE,
            5);
    try (SampleFeed feed = SampleFeed.of(loader, order(1), 1)) {
      Batch batch = feed.begin(0, 0);
      Tensor input = Tensor.of(BATCH, Shape.of(9, 9, 3));
      ConvoyException error = assertThrows(ConvoyException.class, () -> feed.load(0, input, 0, 0));
      assertEquals(
          "sample %s (counted from 0): every image must have the shape of the network's input: this one is 9x7x3, expected 9x9x3 (height x width x channels); set data.size in the recipe, which has images brought to a size, or take it away"
              .formatted(batch.rows()[0]),
          error.getMessage());
    }
    assertEquals(0, streamed.openWindows());
  }
}
