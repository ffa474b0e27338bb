package io.convoy.feed;

import io.convoy.data.augment.Mix;
import io.convoy.data.augment.SampleLoader;
import io.convoy.error.ConvoyException;
import io.convoy.targets.Target;
import io.convoy.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Reads samples on threads of its own: those of the current batch, of the {@value #BATCHES} next
 * ones, and then the windows that come after. A computing thread that needs a sample which nobody
 * has begun reads it itself, so computing never waits longer than it would without the threads.
 *
 * <p>Memory is bounded: a batch that is over gives its bytes to the one that is read next.
 */
final class ReadAhead implements SampleFeed {
  /** Batches that are read ahead. */
  static final int BATCHES = 2;

  private final SampleLoader loader;
  private final SampleOrder order;
  private final OpenWindows windows;
  private final SampleLoader.Scratch[] scratch;
  private final WaitTimes waits;
  private final List<Thread> readers = new ArrayList<>();

  /** The current batch and those that come behind it. */
  private final Deque<LoadedBatch> batches = new ArrayDeque<>();

  private final Deque<OpenWindow> upcoming = new ArrayDeque<>();
  private final Deque<byte[]> spare = new ArrayDeque<>();
  private int rank;
  private boolean closed;

  ReadAhead(SampleLoader loader, SampleOrder order, int threads) {
    this.loader = loader;
    this.order = order;
    windows = new OpenWindows(loader.source(), order);
    scratch = loader.newScratch(threads);
    waits = new WaitTimes(threads);
    try {
      for (int i = 0; i < threads; i++) {
        Thread reader = new Thread(this::work, "convoy-reader-" + i);
        reader.setDaemon(true);
        reader.start();
        readers.add(reader);
      }
    } catch (Throwable failure) { // a system that is out of threads
      close();
      throw failure;
    }
  }

  @Override
  public SampleLoader loader() {
    return loader;
  }

  @Override
  public synchronized Batch begin(long number, int rank) {
    if (this.rank != rank || !turnTo(number)) {
      this.rank = rank;
      restart();
    }
    extend(number);
    notifyAll();
    return batches.element().batch();
  }

  /** Turns to a batch that is being read already; false where that is not so. */
  private boolean turnTo(long number) {
    LoadedBatch current = batches.peek();
    if (current != null && current.batch().number() == number - 1) {
      retire(batches.remove());
      windows.closeOver(number);
      current = batches.peek();
    }
    return current != null && current.batch().number() == number && !current.hasFailed();
  }

  /** Forgets what was read. */
  private void restart() {
    while (!batches.isEmpty()) {
      retire(batches.remove());
    }
    upcoming.clear();
    windows.closeAll();
  }

  /** Takes a batch's memory back, when nobody writes to it any more. */
  private void retire(LoadedBatch batch) {
    batch.stop();
    await(() -> !batch.isBusy());
    batch.release(spare);
  }

  private void extend(long number) {
    long next = batches.isEmpty() ? number : batches.getLast().batch().number() + 1;
    while (batches.isEmpty() || (batches.size() <= BATCHES && next < order.batches())) {
      Batch batch = order.batch(next++, rank);
      batches.add(new LoadedBatch(batch, windows.of(batch)));
      for (int i = batch.from(); i < batch.to(); i++) {
        order.next(batch.windows()[i]).ifPresent(this::openAhead);
      }
    }
  }

  private void openAhead(WindowId id) {
    if (!windows.contains(id)) {
      upcoming.add(windows.get(id));
    }
  }

  @Override
  public Target load(int position, Tensor input, int slot, int thread) {
    LoadedBatch batch;
    synchronized (this) {
      batch = batches.element();
    }
    int first = batch.batch().from();
    int partner = batch.batch().partner(position);
    Optional<Mix> mix =
        partner == position
            ? Optional.empty()
            : loader.mix(batch.batch().rows()[position], batch.batch().epoch());
    int sample = position - first;
    make(batch, sample, thread);
    if (mix.isEmpty()) {
      loader.write(batch.bytes(sample), input, slot);
      return batch.target(sample);
    }
    int other = partner - first;
    make(batch, other, thread);
    loader.write(batch.bytes(sample), batch.bytes(other), mix.get(), input, slot);
    return mix.get().target(batch.target(sample), batch.target(other));
  }

  /** Reads a sample that nobody has begun, or waits for whoever reads it. */
  private void make(LoadedBatch batch, int sample, int thread) {
    byte[] mine;
    boolean there;
    synchronized (this) {
      there = batch.isDone(sample);
      mine = batch.claim(sample) ? memory() : null;
    }
    long start = System.nanoTime();
    if (mine != null) {
      read(batch, sample, mine, scratch[thread]);
    }
    await(batch, sample);
    if (!there) {
      waits.add(thread, System.nanoTime() - start);
    }
  }

  @Override
  public long takeWaitedNanos() {
    return waits.take();
  }

  private synchronized void await(LoadedBatch batch, int sample) {
    await(() -> batch.isDone(sample));
    Throwable failure = batch.failure(sample);
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure instanceof Error error) {
      throw error;
    }
  }

  /** Waits for what readers bring about. */
  private synchronized void await(BooleanSupplier condition) {
    try {
      while (!condition.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConvoyException.resource("interrupted while images were read");
    }
  }

  private byte[] memory() {
    return spare.isEmpty() ? new byte[loader.sampleBytes()] : spare.pop();
  }

  /** What a reader does, until the feed is closed. */
  private void work() {
    SampleLoader.Scratch own = loader.newScratch();
    for (Runnable task = next(own); task != null; task = next(own)) {
      task.run();
    }
  }

  /** What is to be read next; null when the feed is closed. */
  private synchronized Runnable next(SampleLoader.Scratch own) {
    while (!closed) {
      for (LoadedBatch batch : batches) {
        int sample = batch.firstOpen();
        if (sample >= 0) {
          batch.claim(sample);
          byte[] into = memory();
          return () -> read(batch, sample, into, own);
        }
      }
      if (!upcoming.isEmpty()) {
        return upcoming.remove()::openAhead;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        return null; // by close alone
      }
    }
    return null;
  }

  private void read(LoadedBatch batch, int sample, byte[] into, SampleLoader.Scratch own) {
    Target target = null;
    Throwable failure = null;
    try {
      target = batch.read(sample, into, loader, own);
    } catch (RuntimeException | Error e) { // told to whoever needs the sample
      failure = e;
    }
    synchronized (this) {
      batch.finish(sample, into, target, failure);
      notifyAll();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    readers.forEach(Thread::interrupt); // a read from a distant store may take its time
    boolean interrupted = false;
    for (Thread reader : readers) {
      while (reader.isAlive()) {
        try {
          reader.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      restart();
    }
  }
}
