package io.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkPoolTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void everyBlockRunsOnce(int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      assertEquals(threads, pool.threads());
      for (int blocks : new int[] {0, 1, 2, 13, 4098}) {
        AtomicIntegerArray runs = new AtomicIntegerArray(blocks);
        pool.run(blocks, (block, thread) -> runs.incrementAndGet(block));
        for (int block = 0; block < blocks; block++) {
          assertEquals(1, runs.get(block), "block " + block + " of " + blocks);
        }
      }
    }
  }

  /** The index of a thread is that of its scratch memory: two at once must not share one. */
  @Test
  void aThreadsIndexIsItsOwn() {
    try (WorkPool pool = new WorkPool(3)) {
      Set<String> owners = ConcurrentHashMap.newKeySet();
      for (int round = 0; round < 200; round++) {
        pool.run(
            50, (block, thread) -> owners.add(thread + " " + Thread.currentThread().getName()));
      }
      Set<String> indices = new HashSet<>();
      for (String owner : owners) {
        assertTrue(indices.add(owner.substring(0, 1)), "one thread an index: " + owners);
      }
    }
  }

  /** What a round wrote is there after it, in 20,000 rounds of a few blocks. */
  @Test
  void roundsFollowEachOther() {
    try (WorkPool pool = new WorkPool(2)) {
      int[] counts = new int[5];
      for (int round = 0; round < 20_000; round++) {
        pool.run(counts.length, (block, thread) -> counts[block]++);
        for (int block = 0; block < counts.length; block++) {
          assertEquals(round + 1, counts[block]);
        }
      }
    }
  }

  /** Helpers have gone to sleep by then: one that wakes late finds nothing, or the next round. */
  @Test
  void roundsFollowPauses() throws InterruptedException {
    try (WorkPool pool = new WorkPool(3)) {
      int[] counts = new int[3];
      for (int round = 0; round < 400; round++) {
        Thread.sleep(round % 4 == 0 ? 3 : 0);
        pool.run(counts.length, (block, thread) -> counts[block]++);
        for (int block = 0; block < counts.length; block++) {
          assertEquals(round + 1, counts[block]);
        }
      }
    }
  }

  /** A block that waits for a helper's: both run at once, however long the helper slept. */
  @Test
  void helpersWakeUp() throws InterruptedException {
    try (WorkPool pool = new WorkPool(2)) {
      for (int round = 0; round < 20; round++) {
        Thread.sleep(5);
        CountDownLatch both = new CountDownLatch(2);
        pool.run(
            2,
            (block, thread) -> {
              both.countDown();
              try {
                assertTrue(both.await(30, TimeUnit.SECONDS), "nobody took the other block");
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatABlockThrowsComesThroughAndThePoolGoesOn(int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      for (int round = 0; round < 100; round++) {
        int faulty = round % 9;
        IllegalStateException thrown = new IllegalStateException("block " + faulty);
        IllegalStateException caught =
            assertThrows(
                IllegalStateException.class,
                () ->
                    pool.run(
                        9,
                        (block, thread) -> {
                          if (block == faulty) {
                            throw thrown;
                          }
                        }));
        assertSame(thrown, caught);
        AtomicIntegerArray runs = new AtomicIntegerArray(9);
        pool.run(9, (block, thread) -> runs.incrementAndGet(block));
        for (int block = 0; block < 9; block++) {
          assertEquals(1, runs.get(block));
        }
      }
      assertThrows(
          AssertionError.class,
          () -> pool.run(4, (block, thread) -> fail("an error comes through too")));
    }
  }

  /** What is said to be little is the caller's, however long it takes, if the others sleep. */
  @Test
  void littleWorkLeavesSleepersAsleep() throws InterruptedException {
    try (WorkPool pool = new WorkPool(2)) {
      Thread[] threads = new Thread[2];
      CountDownLatch both = new CountDownLatch(2);
      pool.run(
          2,
          (block, thread) -> {
            threads[thread] = Thread.currentThread();
            both.countDown();
            await(both, 60_000);
          });
      while (threads[1].getState() != Thread.State.WAITING) {
        Thread.sleep(1);
      }
      Set<Integer> workers = ConcurrentHashMap.newKeySet();
      CountDownLatch never = new CountDownLatch(1);
      pool.run(
          20,
          1000,
          (block, thread) -> {
            workers.add(thread);
            await(never, 5); // whoever wakes up finds blocks left
          });
      assertEquals(Set.of(0), workers);
    }
  }

  private static void await(CountDownLatch latch, long millis) {
    try {
      var unused = latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void closeEndsTheThreads() {
    KernelThreads threads = new KernelThreads();
    WorkPool pool = new WorkPool(4);
    pool.run(100, (block, thread) -> {});
    assertEquals(3, threads.started().size());
    pool.close();
    threads.assertNoneLeft();
  }

  /** A system that gives no more threads must not keep those that it gave. */
  @Test
  void aPoolThatDoesNotGetAllItsThreadsLeavesNone() {
    KernelThreads threads = new KernelThreads();
    OutOfMemoryError refusal = new OutOfMemoryError("unable to create native thread");
    OutOfMemoryError thrown =
        assertThrows(
            OutOfMemoryError.class,
            () ->
                new WorkPool(
                        5,
                        thread -> {
                          if (threads.started().size() == 2) {
                            throw refusal;
                          }
                          thread.start();
                        })
                    .close());
    assertSame(refusal, thrown);
    threads.assertNoneLeft();
  }

  @Test
  void whatCannotBeMadeOnAPoolClosesIt() {
    KernelThreads threads = new KernelThreads();
    try (WorkPool pool = new WorkPool(3)) {
      assertEquals("made", pool.closedOnFailure(() -> "made"));
      assertEquals(2, threads.started().size());
      IllegalStateException refusal = new IllegalStateException("no memory, say");
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  pool.closedOnFailure(
                      () -> {
                        throw refusal;
                      }));
      assertSame(refusal, thrown);
      threads.assertNoneLeft();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void eachThreadRunsItOnce(int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      for (int round = 0; round < 100; round++) {
        Set<Thread> ran = ConcurrentHashMap.newKeySet();
        AtomicInteger times = new AtomicInteger();
        pool.runOnEach(
            () -> {
              ran.add(Thread.currentThread());
              times.incrementAndGet();
            });
        assertEquals(threads, ran.size());
        assertEquals(threads, times.get());
        assertTrue(ran.contains(Thread.currentThread()));
      }
    }
  }

  @Test
  void aBlockMustNotUseItsOwnPool() {
    try (WorkPool pool = new WorkPool(2)) {
      IllegalStateException error =
          assertThrows(
              IllegalStateException.class,
              () -> pool.run(4, (block, thread) -> pool.run(4, (inner, other) -> {})));
      assertEquals(
          "a pool runs one task at a time: a block must not run another on it", error.getMessage());
    }
  }

  @Test
  void thereIsAtLeastOneThread() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new WorkPool(0).close());
    assertEquals("threads=0 must be at least 1", error.getMessage());
  }
}
