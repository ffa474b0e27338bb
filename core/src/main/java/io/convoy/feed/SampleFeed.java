package io.convoy.feed;

import io.convoy.data.augment.Augmentation;
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
 * Gives samples to whoever computes, one batch after the other. Those that take time to read are
 * read on threads of its own: those of the current batch, of the {@value #BATCHES} next ones, and
 * then the windows that come after. A computing thread that needs a sample which nobody has begun
 * reads it itself, so computing never waits longer than it would without the threads. A sample that
 * lies decoded in memory is copied when it is needed. No result depends on any of that.
 *
 * <p>Memory is bounded: a batch that is over gives its bytes to the one that is read next.
 *
 * <p>{@link #begin}, {@link #takeWaitedNanos} and {@link #close} are for one thread, {@link #load}
 * for many in between.
 */
public final class SampleFeed implements AutoCloseable {
  /** Batches that are read ahead. */
  static final int BATCHES = 2;

  private final SampleLoader loader;
  private final SampleOrder order;
  private final int threads;
  private final OpenWindows windows;
  private final SampleLoader.Scratch[] scratch;
  private final SampleLoader.Scratch[] ofPartners;
  private final WaitTimes waits;
  private final List<Thread> readers = new ArrayList<>();

  /** The current batch and those that come behind it. */
  private final Deque<LoadedBatch> batches = new ArrayDeque<>();

  /** The first of these, for those who load. */
  private volatile LoadedBatch current;

  private final Deque<OpenWindow> upcoming = new ArrayDeque<>();
  private final Deque<byte[]> spare = new ArrayDeque<>();
  private int rank;
  private boolean closed;

  private SampleFeed(SampleLoader loader, SampleOrder order, int threads) {
    this.loader = loader;
    this.order = order;
    this.threads = threads;
    windows = new OpenWindows(loader.source(), order);
    scratch = loader.newScratch(threads);
    ofPartners = loader.newScratch(threads);
    waits = new WaitTimes(threads);
  }

  /**
   * A feed.
   *
   * @param threads that will call {@link #load}; as many read ahead, as soon as there is something
   *     to read
   */
  public static SampleFeed of(SampleLoader loader, SampleOrder order, int threads) {
    return new SampleFeed(loader, order, threads);
  }

  /**
   * The most bytes that a feed takes: samples of the batches, scratch of the threads that call, of
   * as many that read, and of partners.
   *
   * @param samples of a batch that are loaded here, at the most
   * @param sampleBytes of one, {@link SampleLoader#sampleBytes}
   * @param threads as above
   * @param augmentation of the samples
   */
  public static long mostBytes(
      int samples, int sampleBytes, int threads, Augmentation augmentation) {
    long scratch = 3L * SampleLoader.scratchSamples(augmentation) * threads;
    return ((1L + BATCHES) * samples + scratch) * sampleBytes;
  }

  /** What reads the samples, and writes them. */
  public SampleLoader loader() {
    return loader;
  }

  /**
   * Turns to a batch. Batches are read ahead in the order of their numbers; any other order costs
   * what was read in vain.
   *
   * @param rank whose part of the batch is loaded
   * @return the batch
   */
  public synchronized Batch begin(long number, int rank) {
    if (this.rank != rank || !turnTo(number)) {
      this.rank = rank;
      restart();
    }
    extend(number);
    notifyAll();
    current = batches.element();
    return current.batch();
  }

  /** Turns to a batch that is being read already; false where that is not so. */
  private boolean turnTo(long number) {
    LoadedBatch first = batches.peek();
    if (first != null && first.batch().number() == number - 1) {
      retire(batches.remove());
      windows.closeOver(number);
      first = batches.peek();
    }
    return first != null && first.batch().number() == number && !first.hasFailed();
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
      LoadedBatch loaded = new LoadedBatch(batch, windows.of(batch), loader);
      batches.add(loaded);
      if (loaded.firstOpen() >= 0) {
        startReaders();
        for (int i = batch.from(); i < batch.to(); i++) {
          order.next(batch.windows()[i]).ifPresent(this::openAhead);
        }
      }
    }
  }

  private void startReaders() {
    while (readers.size() < threads) {
      Thread reader = new Thread(this::work, "convoy-reader-" + readers.size());
      reader.setDaemon(true);
      reader.start();
      readers.add(reader);
    }
  }

  private void openAhead(WindowId id) {
    if (!windows.contains(id)) {
      upcoming.add(windows.get(id));
    }
  }

  /**
   * Writes a sample of the batch into a slot, mixed with its partner where the loader mixes. A
   * sample may be loaded more than once.
   *
   * @param position in the batch, one of those that are loaded here
   * @param thread from 0, one call at a time for each
   * @return what the sample is to be taken for
   * @throws io.convoy.error.ConvoyException when it cannot be read
   */
  public Target load(int position, Tensor input, int slot, int thread) {
    LoadedBatch loaded = current;
    Batch batch = loaded.batch();
    int partner = batch.partner(position);
    Optional<Mix> mix =
        partner == position ? Optional.empty() : loader.mix(batch.rows()[position], batch.epoch());
    int sample = position - batch.from();
    byte[] bytes = bytes(loaded, sample, thread, scratch[thread]);
    if (mix.isEmpty()) {
      loader.write(bytes, input, slot);
      return loaded.target(sample);
    }
    int other = partner - batch.from();
    byte[] others = bytes(loaded, other, thread, ofPartners[thread]);
    loader.write(bytes, others, mix.get(), input, slot);
    return mix.get().target(loaded.target(sample), loaded.target(other));
  }

  /**
   * The bytes of a sample of the batch, as its loader gives them, for whoever writes it otherwise.
   *
   * @param position in the batch, one of those that are loaded here
   * @param thread as in {@link #load}
   * @return not to be changed; valid until this thread asks for the next sample
   * @throws io.convoy.error.ConvoyException when it cannot be read
   */
  public byte[] bytes(int position, int thread) {
    LoadedBatch loaded = current;
    return bytes(loaded, position - loaded.batch().from(), thread, scratch[thread]);
  }

  /** Copies a sample, reads one that nobody has begun, or waits for whoever reads it. */
  private byte[] bytes(LoadedBatch batch, int sample, int thread, SampleLoader.Scratch own) {
    if (batch.copies(sample)) {
      return batch.copy(sample, loader, own);
    }
    byte[] mine;
    boolean there;
    synchronized (this) {
      there = batch.isDone(sample);
      mine = batch.claim(sample) ? memory() : null;
    }
    long start = System.nanoTime();
    if (mine != null) {
      read(batch, sample, mine, own);
    }
    await(batch, sample);
    if (!there) {
      waits.add(thread, System.nanoTime() - start);
    }
    return batch.bytes(sample);
  }

  /**
   * How long those who loaded since this was asked last had to wait for samples: the thread that
   * waited longest, since all go on together. Waiting is to read a sample oneself, which takes its
   * file's time and its decoding's, or to wait until a reader has it. To write it into a slot is
   * none, and neither is to copy one that lies decoded in memory.
   *
   * @return nanoseconds; they have no part in any result
   */
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

  /** Ends the feed's threads and closes the windows that it has open. */
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
