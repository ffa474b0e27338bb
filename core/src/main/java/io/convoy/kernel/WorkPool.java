package io.convoy.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that share out the blocks of one task after another. A block is taken from a counter by
 * whoever is free, so blocks must write apart and their results must not depend on the taker. The
 * caller works too; a call allocates nothing; idle threads spin for some microseconds and then
 * park.
 *
 * <p>One caller at a time.
 */
public final class WorkPool implements AutoCloseable {
  private static final int SPINS = 4_000;

  /** One block of a task. */
  @FunctionalInterface
  public interface Block {
    /**
     * @param block from 0 to blocks - 1
     * @param thread who runs it, 0 to threads - 1: the index of its scratch memory
     */
    void run(int block, int thread);
  }

  private final Thread[] helpers;
  private final AtomicInteger nextBlock = new AtomicInteger();
  private final AtomicInteger atWork = new AtomicInteger();
  private final AtomicLong round = new AtomicLong();
  private volatile boolean closed;
  private volatile Throwable failure;
  private Block task;
  private int blocks;

  /**
   * @param threads all that work, the caller among them; at least 1
   */
  public WorkPool(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads=" + threads + " must be at least 1");
    }
    helpers = new Thread[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      int id = i + 1;
      helpers[i] = new Thread(() -> help(id), "convoy-kernel-" + id);
      helpers[i].setDaemon(true);
      helpers[i].start();
    }
  }

  public int threads() {
    return helpers.length + 1;
  }

  /**
   * As many blocks, or so few more that each thread has as many as the others: for blocks that are
   * equally long. A single one remains one.
   */
  public int evenly(int blocks) {
    return blocks <= 1 ? blocks : (blocks + threads() - 1) / threads() * threads();
  }

  /**
   * Runs all blocks and returns when the last is done; what a block throws is thrown here.
   *
   * @throws IllegalStateException when a block of a running task calls this
   */
  public void run(int blocks, Block task) {
    if (this.task != null) {
      throw new IllegalStateException(
          "a pool runs one task at a time: a block must not run another on it");
    }
    if (helpers.length == 0 || blocks <= 1) {
      for (int block = 0; block < blocks; block++) {
        task.run(block, 0);
      }
      return;
    }
    this.task = task;
    this.blocks = blocks;
    this.failure = null;
    nextBlock.set(0);
    atWork.set(helpers.length);
    round.incrementAndGet(); // publishes the fields above
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
    work(0);
    for (int spins = 0; atWork.get() > 0; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield(); // a helper may wait for this very processor
      }
    }
    this.task = null;
    Throwable thrown = failure;
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
  }

  private void work(int thread) {
    Block mine = task;
    int count = blocks;
    try {
      for (int block = nextBlock.getAndIncrement();
          block < count;
          block = nextBlock.getAndIncrement()) {
        mine.run(block, thread);
      }
    } catch (RuntimeException | Error thrown) {
      nextBlock.set(count); // nobody needs to start on the rest
      failure = thrown;
    }
  }

  private void help(int thread) {
    long seen = 0;
    while (!closed) {
      for (int spins = 0; round.get() == seen && !closed; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      if (round.get() != seen) {
        seen = round.get();
        work(thread);
        atWork.decrementAndGet();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }
}
