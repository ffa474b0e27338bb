package io.convoy.kernel;

import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Threads that share out the blocks of one task after another. A block is taken from a counter by
 * whoever is free, so blocks must write apart and their results must not depend on the taker. The
 * caller works too, and waits for blocks that others have begun, never for a thread to arrive: what
 * it can do alone sooner than others wake up costs as if it were alone. A call allocates nothing;
 * idle threads spin for some microseconds and then park.
 *
 * <p>One caller at a time.
 */
public final class WorkPool implements AutoCloseable {
  private static final int SPINS = 4_000;

  /** Multiply-adds of some five microseconds, which it takes to wake a thread. */
  private static final long WORTH_WAKING = 1 << 19;

  /** One block of a task. */
  @FunctionalInterface
  public interface Block {
    /**
     * @param block from 0 to blocks - 1
     * @param thread who runs it, 0 to threads - 1: the index of its scratch memory
     */
    void run(int block, int thread);
  }

  private final Helper[] helpers;

  /** How many blocks there are, and in the lower half which is next: both, to be taken at once. */
  private final AtomicLong tickets = new AtomicLong();

  private final AtomicInteger done = new AtomicInteger();
  private volatile boolean closed;
  private volatile Throwable failure;

  /** Written before its tickets, and not again before all its blocks are done. */
  private Block task;

  /**
   * @param threads all that work, the caller among them; at least 1
   */
  public WorkPool(int threads) {
    this(threads, Thread::start);
  }

  /** With threads that are started so: a system that is out of threads refuses some. */
  WorkPool(int threads, Consumer<Thread> start) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads=" + threads + " must be at least 1");
    }
    helpers = new Helper[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper(i + 1);
    }
    try {
      for (Helper helper : helpers) {
        start.accept(helper);
      }
    } catch (Throwable failure) {
      close();
      throw failure;
    }
  }

  /**
   * Makes what is going to work on this pool, and closes the pool if that fails. For constructors
   * that start a pool of their own: if they throw, nobody else can close it.
   */
  public <T> T closedOnFailure(Supplier<T> made) {
    try {
      return made.get();
    } catch (Throwable failure) {
      close();
      throw failure;
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
    run(blocks, WORTH_WAKING, task);
  }

  /**
   * Runs a task once on each thread, the caller's among them: what concerns threads themselves.
   * Unlike {@link #run} it waits until all threads are awake.
   */
  public void runOnEach(Runnable task) {
    Phaser awake = new Phaser(threads());
    run(
        threads(),
        (block, thread) -> {
          awake.arriveAndAwaitAdvance(); // so none takes a second block before all have their first
          task.run();
        });
  }

  /**
   * Runs all blocks, as {@link #run(int, Block)} does; but threads that sleep may sleep on if all
   * is done sooner than they wake up.
   *
   * @param operations multiply-adds of all blocks together, about
   */
  public void run(int blocks, long operations, Block task) {
    if (this.task != null) {
      throw new IllegalStateException(
          "a pool runs one task at a time: a block must not run another on it");
    }
    if (helpers.length == 0 || blocks <= 1 || (operations < WORTH_WAKING && asleep())) {
      for (int block = 0; block < blocks; block++) {
        task.run(block, 0);
      }
      return;
    }
    this.task = task;
    failure = null;
    done.set(0);
    tickets.set((long) blocks << Integer.SIZE); // publishes the fields above
    for (Helper helper : helpers) {
      helper.wake();
    }
    work(0);
    for (int spins = 0; done.get() < blocks; spins++) {
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

  private boolean asleep() {
    for (Helper helper : helpers) {
      if (!helper.parked) {
        return false;
      }
    }
    return true;
  }

  private static int count(long ticket) {
    return (int) (ticket >>> Integer.SIZE);
  }

  private static int next(long ticket) {
    return (int) ticket;
  }

  private boolean isWork() {
    long ticket = tickets.get();
    return next(ticket) < count(ticket);
  }

  /** Runs blocks as long as there are some. */
  private void work(int thread) {
    while (isWork()) {
      long ticket = tickets.getAndIncrement();
      if (next(ticket) < count(ticket)) {
        done.addAndGet(run(next(ticket), count(ticket), thread));
      }
    }
  }

  /** Runs a block that was taken; if it fails, those that nobody has taken count as done. */
  private int run(int block, int count, int thread) {
    try {
      task.run(block, thread);
      return 1;
    } catch (RuntimeException | Error thrown) {
      failure = thrown;
      int untaken = count - next(tickets.getAndSet((long) count << Integer.SIZE | count));
      return 1 + Math.max(0, untaken);
    }
  }

  /** A thread beside the caller. */
  private final class Helper extends Thread {
    private final int index;
    private volatile boolean parked;

    Helper(int index) {
      super("convoy-kernel-" + index);
      this.index = index;
      setDaemon(true);
    }

    /** To be called when there is work, or the pool is closed. */
    void wake() {
      if (parked) {
        LockSupport.unpark(this);
      }
    }

    @Override
    public void run() {
      while (!closed) {
        work(index);
        for (int spins = 0; spins < SPINS && !isWork() && !closed; spins++) {
          Thread.onSpinWait();
        }
        parked = true; // before the last look: whoever brings work looks afterwards
        if (!isWork() && !closed) {
          LockSupport.park(WorkPool.this);
        }
        parked = false;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Helper helper : helpers) {
      helper.wake();
    }
  }
}
