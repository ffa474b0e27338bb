package io.convoy.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.IndexedSource;
import io.convoy.data.SampleSource;
import io.convoy.data.SampleSubset;
import io.convoy.data.StreamedSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.Standardization;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.data.transform.Noise;
import io.convoy.reference.BarImages;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a feed says of the time that was waited for samples. */
@Timeout(60)
class WaitTimesTest {
  private static final int SAMPLES = 21;
  private static final int BATCH = 7;
  private static final Shape SHAPE = Shape.of(9, 7, 3);
  private static final BarImages IMAGES = BarImages.colour(SAMPLES);

  /** Images that are kept once they are read, of which those from some row on have not been. */
  private record Filling(int undecoded) implements IndexedSource {
    @Override
    public Optional<Shape> commonShape() {
      return IMAGES.commonShape();
    }

    @Override
    public boolean inMemory() {
      return true;
    }

    @Override
    public boolean isDecoded(int index) {
      return index < undecoded;
    }

    @Override
    public int size() {
      return SAMPLES;
    }

    @Override
    public List<String> classes() {
      return IMAGES.classes();
    }

    @Override
    public Target target(int index) {
      return IMAGES.target(index);
    }

    @Override
    public void read(int index, Framing framing, Pixels into) {
      IMAGES.read(index, framing, into);
    }

    @Override
    public String fingerprint() {
      return "filling";
    }

    @Override
    public void close() {}
  }

  private static SampleFeed feed(SampleSource source, Augmentation augmentation) {
    Standardization some = new Standardization(new float[3], new float[] {1, 1, 1});
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

  private static long waitedInAll(SampleSource source, Augmentation augmentation) {
    long waited = 0;
    try (SampleFeed feed = feed(source, augmentation)) {
      assertSame(DirectFeed.class, feed.getClass());
      for (long batch = 0; batch < source.size() / BATCH; batch++) {
        load(feed, feed.begin(batch, 0));
        waited += feed.takeWaitedNanos();
      }
    }
    return waited;
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
      assertSame(ReadAhead.class, feed.getClass());
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
    assertEquals(0, waitedInAll(IMAGES, new Augmentation(2, true)));
    assertEquals(0, waitedInAll(new Filling(SAMPLES), Augmentation.NONE));
  }

  /** A set of files is kept in memory as it is read: until then, whoever computes decodes. */
  @Test
  void whatIsNotDecodedYetIsWaitedFor() {
    assertTrue(waitedInAll(new Filling(SAMPLES - 1), Augmentation.NONE) > 0);
    int[] decoded = IntStream.range(0, BATCH).toArray();
    int[] others = IntStream.range(BATCH, 2 * BATCH).toArray();
    Filling filling = new Filling(BATCH);
    assertEquals(0, waitedInAll(new SampleSubset(filling, decoded), Augmentation.NONE));
    assertTrue(waitedInAll(new SampleSubset(filling, others), Augmentation.NONE) > 0);
  }

  /** To transform an image takes as long as to decode one. */
  @Test
  void whoTransformsASampleItselfHasWaited() {
    Augmentation noise = Augmentation.NONE.withSteps(new Noise(5, 1));
    assertTrue(waitedInAll(IMAGES, noise) > 0);
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
