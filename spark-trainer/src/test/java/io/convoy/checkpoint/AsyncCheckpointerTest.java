package io.convoy.checkpoint;

import static io.convoy.checkpoint.Samples.checkpoint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AsyncCheckpointerTest {
  private final List<Long> saved = new CopyOnWriteArrayList<>();

  @Test
  void allAreSavedInOrder() {
    try (AsyncCheckpointer saver = new AsyncCheckpointer(c -> saved.add(c.metadata().step()))) {
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
            });
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
            });
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
            });
    saver.save(checkpoint(7));
    ConvoyException error = assertThrows(ConvoyException.class, saver::close);
    assertEquals(
        "saving the checkpoint of step 7 failed: java.lang.OutOfMemoryError: Java heap space",
        error.getMessage());
    saver.close();
  }

  @Test
  void anInterruptedCallerIsToldSo() throws Exception {
    Semaphore disk = new Semaphore(0);
    AsyncCheckpointer saver = new AsyncCheckpointer(c -> disk.acquireUninterruptibly());
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
