package io.convoy.checkpoint;

import static io.convoy.checkpoint.Samples.checkpoint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.storage.StorePatience;
import io.convoy.storage.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AsyncCheckpointerTest {
  private final List<Long> saved = new CopyOnWriteArrayList<>();

  @Test
  void allAreSavedInOrder() {
    try (AsyncCheckpointer saver =
        new AsyncCheckpointer(c -> saved.add(c.metadata().step()), StorePatience.NONE)) {
      for (long step = 1; step <= 20; step++) {
        saver.save(checkpoint(step));
      }
    }
    assertEquals(20, saved.size());
    assertEquals(saved.stream().sorted().toList(), saved);
  }

  @Test
  void oneRunsOneWaitsAndTheThirdHoldsTheCaller() throws Exception {
    Semaphore disk = new Semaphore(0);
    AsyncCheckpointer saver =
        new AsyncCheckpointer(
            c -> {
              disk.acquireUninterruptibly();
              saved.add(c.metadata().step());
            },
            StorePatience.NONE);
    saver.save(checkpoint(1));
    saver.save(checkpoint(2));
    ExecutorService caller = Executors.newSingleThreadExecutor();
    Future<?> third = caller.submit(() -> saver.save(checkpoint(3)));
    assertThrows(TimeoutException.class, () -> third.get(200, TimeUnit.MILLISECONDS));
    disk.release();
    third.get();
    disk.release(2);
    saver.close();
    assertEquals(List.of(1L, 2L, 3L), saved);
    caller.shutdown();
  }

  /** One that neither takes a checkpoint nor fails. */
  @Test
  void aStoreThatHangsHoldsTheCallerForAWhileOnly() throws Exception {
    Semaphore disk = new Semaphore(0);
    CountDownLatch begun = new CountDownLatch(1);
    AsyncCheckpointer saver =
        new AsyncCheckpointer(
            c -> {
              begun.countDown();
              disk.acquireUninterruptibly();
              saved.add(c.metadata().step());
            },
            LONG,
            Duration.ofMillis(50));
    saver.save(checkpoint(1));
    begun.await();
    try (CapturedLog log = new CapturedLog(AsyncCheckpointer.class)) {
      saver.save(checkpoint(2));
      saver.save(checkpoint(3));
      saver.save(checkpoint(4));
      assertEquals(
          List.of(
              "WARN the checkpoint of step 2 was not saved in time; that of step 3 takes its place",
              "WARN the checkpoint of step 3 was not saved in time; that of step 4 takes its place"),
          log.lines());
    }
    disk.release(2);
    saver.close();
    assertEquals(List.of(1L, 4L), saved);
  }

  @Test
  void anErrorReachesTheNextCall() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    ConvoyException full = ConvoyException.resource("disk full");
    AsyncCheckpointer saver =
        new AsyncCheckpointer(
            c -> {
              if (c.metadata().step() == 1) {
                failed.countDown();
                throw full;
              }
              saved.add(c.metadata().step());
            },
            StorePatience.NONE);
    saver.save(checkpoint(1));
    failed.await();
    ConvoyException thrown = null;
    for (long step = 2; thrown == null; step++) {
      try {
        saver.save(checkpoint(step));
      } catch (ConvoyException e) {
        thrown = e;
      }
    }
    assertSame(full, thrown);
    saver.save(checkpoint(50));
    saver.close();
    assertTrue(saved.contains(50L));
    assertFalse(saved.contains(1L));
  }

  @Test
  void anErrorOfTheLastSaveReachesClose() {
    AsyncCheckpointer saver =
        new AsyncCheckpointer(
            c -> {
              throw new OutOfMemoryError("Java heap space");
            },
            StorePatience.NONE);
    saver.save(checkpoint(7));
    ConvoyException error = assertThrows(ConvoyException.class, saver::close);
    assertEquals(
        "saving the checkpoint of step 7 failed: java.lang.OutOfMemoryError: Java heap space",
        error.getMessage());
    saver.close();
  }

  /** A store that is away until it is told to come back. */
  private final class Away implements Consumer<Checkpoint> {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch back = new CountDownLatch(1);
    private final AtomicInteger tries = new AtomicInteger();

    @Override
    public void accept(Checkpoint checkpoint) {
      tries.incrementAndGet();
      asked.countDown();
      if (back.getCount() > 0) {
        throw new StoreUnavailableException("away", new IOException("connection refused"));
      }
      saved.add(checkpoint.metadata().step());
    }
  }

  private static final StorePatience LONG = new StorePatience(Duration.ofMinutes(10));

  private static Checkpoint withBest(long step, long best) {
    return kept(step, best, List.of());
  }

  private static Checkpoint kept(long step, Long best, List<Long> snapshots) {
    Checkpoint checkpoint = checkpoint(step);
    CheckpointMetadata m = checkpoint.metadata();
    return new Checkpoint(
        checkpoint.network(),
        checkpoint.state(),
        new CheckpointMetadata(
            step,
            m.epoch(),
            m.stepInEpoch(),
            m.slots(),
            m.seed(),
            m.numericsVersion(),
            m.codeVersion(),
            List.of(),
            best,
            snapshots));
  }

  /** Many checkpoints come by meanwhile; none of them waits, and the newest is there in the end. */
  @Test
  void aStoreThatIsAwayForAWhileDoesNotHoldTheCallerAndGetsTheNewest() throws Exception {
    Away store = new Away();
    AsyncCheckpointer saver = new AsyncCheckpointer(store, LONG);
    saver.save(checkpoint(1));
    store.asked.await();
    for (long step = 2; step <= 20; step++) {
      saver.save(checkpoint(step));
    }
    assertEquals(List.of(), saved);
    store.back.countDown();
    saver.close();
    assertEquals(20, saved.get(saved.size() - 1));
    // two are held, and one may have been in the middle of a try when it had to give way
    assertTrue(saved.size() <= 3, saved.toString());
    assertTrue(store.tries.get() > 1);
  }

  @Test
  void theBestIsNotGivenUpForANewerOne() throws Exception {
    for (long best : new long[] {1, 2, 3, 7}) {
      saved.clear();
      Away store = new Away();
      AsyncCheckpointer saver = new AsyncCheckpointer(store, LONG);
      saver.save(withBest(1, 1));
      store.asked.await();
      for (long step = 2; step <= 9; step++) {
        saver.save(withBest(step, Math.min(step, best)));
      }
      store.back.countDown();
      saver.close();
      assertEquals(9, saved.get(saved.size() - 1));
      assertTrue(saved.contains(best), "the best is %s, saved are %s".formatted(best, saved));
    }
  }

  /** Training waits for the store rather than lose one, and goes on when it has taken one. */
  @Test
  void noSnapshotIsGivenUpForANewerOne() throws Exception {
    Away store = new Away();
    AsyncCheckpointer saver = new AsyncCheckpointer(store, LONG);
    saver.save(kept(1, null, List.of(1L)));
    store.asked.await();
    saver.save(kept(2, null, List.of(1L)));
    saver.save(kept(3, null, List.of(1L, 3L))); // in the place of 2
    ExecutorService caller = Executors.newSingleThreadExecutor();
    Future<?> fourth = caller.submit(() -> saver.save(kept(4, null, List.of(1L, 3L))));
    assertThrows(TimeoutException.class, () -> fourth.get(200, TimeUnit.MILLISECONDS));
    store.back.countDown();
    fourth.get();
    saver.close();
    assertEquals(List.of(1L, 3L, 4L), saved);
    caller.shutdown();
  }

  @Test
  void whoWaitsForSnapshotsIsPatientToAnEnd() throws Exception {
    Away store = new Away();
    AsyncCheckpointer saver =
        new AsyncCheckpointer(store, new StorePatience(Duration.ofMillis(300)));
    List<Long> all = List.of(1L, 2L, 3L);
    saver.save(kept(1, null, all));
    store.asked.await();
    saver.save(kept(2, null, all));
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> saver.save(kept(3, null, all)));
    assertEquals(ConvoyException.Kind.RESOURCE, error.kind());
    assertThrows(ConvoyException.class, saver::close);
    assertEquals(List.of(), saved);
  }

  /** The last one comes while the store is away: nothing ends before it is saved. */
  @Test
  void closingWaitsForTheStore() throws Exception {
    Away store = new Away();
    AsyncCheckpointer saver = new AsyncCheckpointer(store, LONG);
    saver.save(checkpoint(1));
    store.asked.await();
    ExecutorService caller = Executors.newSingleThreadExecutor();
    Future<?> closing = caller.submit(saver::close);
    assertThrows(TimeoutException.class, () -> closing.get(200, TimeUnit.MILLISECONDS));
    store.back.countDown();
    closing.get();
    assertEquals(List.of(1L), saved);
    caller.shutdown();
  }

  @Test
  void patienceHasAnEnd() throws Exception {
    Away store = new Away();
    AsyncCheckpointer saver =
        new AsyncCheckpointer(store, new StorePatience(Duration.ofSeconds(1)));
    saver.save(checkpoint(1));
    ConvoyException error = null;
    for (long step = 2; error == null; step++) {
      try {
        saver.save(checkpoint(step));
      } catch (ConvoyException e) {
        error = e;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    String over = "away (tried for 1 s, which checkpoint.retryMinutes bounds)";
    assertEquals(over, error.getMessage());
    assertEquals(ConvoyException.Kind.RESOURCE, error.kind());
    assertEquals(over, assertThrows(ConvoyException.class, saver::close).getMessage());
    assertEquals(List.of(), saved);
  }

  /** What was given up is still tried, as long as nobody has ended the training for it. */
  @Test
  void aStoreThatComesBackBeforeTheNextCheckpointIsForgiven() throws Exception {
    Away store = new Away();
    AsyncCheckpointer saver = new AsyncCheckpointer(store, new StorePatience(Duration.ofMillis(1)));
    saver.save(checkpoint(1));
    store.asked.await();
    store.back.countDown();
    while (saved.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    saver.save(checkpoint(2));
    saver.close();
    assertEquals(List.of(1L, 2L), saved);
  }

  @Test
  void anInterruptedCallerIsToldSo() throws Exception {
    Semaphore disk = new Semaphore(0);
    AsyncCheckpointer saver =
        new AsyncCheckpointer(c -> disk.acquireUninterruptibly(), StorePatience.NONE);
    saver.save(checkpoint(1));
    saver.save(checkpoint(2));
    ExecutorService caller = Executors.newSingleThreadExecutor();
    Future<?> third =
        caller.submit(
            () -> {
              Thread.currentThread().interrupt();
              saver.save(checkpoint(3));
            });
    ExecutionException error = assertThrows(ExecutionException.class, third::get);
    assertEquals(
        "interrupted while waiting for a checkpoint to be saved", error.getCause().getMessage());
    disk.release(2);
    saver.close();
    caller.shutdown();
  }
}
