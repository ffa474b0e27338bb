package io.convoy.data.augment;

import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that read images, and add, before there is anything to train. */
final class MeasuringThreads implements AutoCloseable {
  /** One block of a task. */
  @FunctionalInterface
  interface Block {
    /**
     * @param block from 0
     * @param thread who runs it, from 0
     */
    void run(int block, int thread);
  }

  private final int threads;
  private final ExecutorService pool;

  MeasuringThreads(int threads) {
    this.threads = threads;
    pool = Executors.newFixedThreadPool(threads);
  }

  /** Runs all blocks, and throws what one of them throws. */
  void run(int blocks, Block task) {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int thread = i;
      all.add(
          pool.submit(
              () -> {
                for (int b = next.getAndIncrement(); b < blocks; b = next.getAndIncrement()) {
                  task.run(b, thread);
                }
              }));
    }
    all.forEach(MeasuringThreads::await);
  }

  private static void await(Future<?> part) {
    try {
      part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConvoyException.resource("interrupted while the training images were measured");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("cannot happen: a block throws nothing checked", e);
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
