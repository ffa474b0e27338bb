package io.convoy.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.SampleSource;
import io.convoy.data.StreamedSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.StandardScore;
import io.convoy.reference.BarImages;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a feed says of the time that was waited for samples. */
@Timeout(60)
class WaitTimesTest {
  private static final int SAMPLES = 21;
  private static final int BATCH = 7;
  private static final Shape SHAPE = Shape.of(9, 7, 3);
  private static final BarImages IMAGES = BarImages.colour(SAMPLES);

  private static SampleFeed feed(SampleSource source, Augmentation augmentation) {
    StandardScore some = new StandardScore(new float[3], new float[] {1, 1, 1});
    SampleLoader loader = new SampleLoader(source, SHAPE, some, augmentation, 5);
    BatchPlan plan = new BatchPlan(source.size(), BATCH, 1, 42);
    return SampleFeed.of(loader, new ShardOrder(plan, 1, plan.stepsPerEpoch()), 1);
  }

  private static void load(SampleFeed feed, Batch batch) {
    Tensor input = Tensor.of(BATCH, SHAPE);
    for (int position = batch.from(); position < batch.to(); position++) {
      feed.load(position, input, position - batch.from(), 0);
    }
  }

  /**
   * The reader goes on when somebody waits for it, and no sooner. So each sample is waited for, or
   * read by who needs it.
   */
  @Test
  void whoWaitsForAReaderOrReadsItselfHasWaited() {
    Thread computing = Thread.currentThread();
    AtomicLong least = new AtomicLong();
    StreamedSource streamed = new StreamedSource(IMAGES, IMAGES.rowGroups());
    streamed.stall(
        () -> {
          if (Thread.currentThread() != computing) {
            awaitWaiting(computing);
            return;
          }
          long start = System.nanoTime();
          Thread.yield();
          least.addAndGet(System.nanoTime() - start); // is spent by who reads itself
        });
    try (SampleFeed feed = feed(streamed, Augmentation.NONE)) {
      for (long number = 0; number < SAMPLES / BATCH; number++) {
        Batch batch = feed.begin(number, 0);
        least.set(0);
        load(feed, batch);
        long waited = feed.takeWaitedNanos();
        assertTrue(
            waited > 0 && waited >= least.get(), "%s ns, at least %s".formatted(waited, least));
        load(feed, batch);
        assertEquals(0, feed.takeWaitedNanos(), "all are there: nobody waits");
      }
    }
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING && !Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void nobodyWaitsForSamplesInMemory() {
    try (SampleFeed feed = feed(IMAGES, new Augmentation(2, true))) {
      load(feed, feed.begin(0, 0));
      assertEquals(0, feed.takeWaitedNanos());
    }
  }

  /** All threads go on together, so the one that waited longest counts. */
  @Test
  void theLongestWaitIsTaken() {
    WaitTimes times = new WaitTimes(3);
    times.add(0, 5);
    times.add(2, 4);
    times.add(2, 3);
    assertEquals(7, times.take());
    assertEquals(0, times.take());
    times.add(1, 2);
    assertEquals(2, times.take());
  }
}
