package io.convoy.feed;

import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.targets.Target;
import io.convoy.tensor.Tensor;

/**
 * Gives samples to whoever computes, one batch after the other. Where to read one takes time, they
 * are read ahead by threads of the feed's own; no result depends on that.
 *
 * <p>{@link #begin}, {@link #takeWaitedNanos} and {@link #close} are for one thread, {@link #load}
 * for many in between.
 */
public sealed interface SampleFeed extends AutoCloseable permits DirectFeed, ReadAhead {
  /**
   * A feed.
   *
   * @param threads that will call {@link #load}; as many are started where samples are read ahead
   */
  static SampleFeed of(SampleLoader loader, SampleOrder order, int threads) {
    return loader.copies()
        ? new DirectFeed(loader, order, threads)
        : new ReadAhead(loader, order, threads);
  }

  /**
   * The most bytes that a feed takes: samples of the batches, scratch of the threads that call and
   * of as many that read, or of partners.
   *
   * @param samples of a batch that are loaded here, at the most
   * @param sampleBytes of one, {@link SampleLoader#sampleBytes}
   * @param threads as above
   * @param augmentation of the samples
   */
  static long mostBytes(int samples, int sampleBytes, int threads, Augmentation augmentation) {
    long scratch = 2L * SampleLoader.scratchSamples(augmentation) * threads;
    return ((1L + ReadAhead.BATCHES) * samples + scratch) * sampleBytes;
  }

  /** What reads the samples, and writes them. */
  SampleLoader loader();

  /**
   * Turns to a batch. Batches are read ahead in the order of their numbers; any other order costs
   * what was read in vain.
   *
   * @param rank whose part of the batch is loaded
   * @return the batch
   */
  Batch begin(long number, int rank);

  /**
   * Writes a sample of the batch into a slot, mixed with its partner where the loader mixes. A
   * sample may be loaded more than once.
   *
   * @param position in the batch, one of those that are loaded here
   * @param thread from 0, one call at a time for each
   * @return what the sample is to be taken for
   * @throws io.convoy.error.ConvoyException when it cannot be read
   */
  Target load(int position, Tensor input, int slot, int thread);

  /**
   * How long those who loaded since this was asked last had to wait for samples: the thread that
   * waited longest, since all go on together. Waiting is to read a sample oneself, which takes its
   * file's time and its decoding's, or to wait until a reader has it. To write it into a slot is
   * none, and neither is to copy one that lies decoded in memory.
   *
   * @return nanoseconds; they have no part in any result
   */
  long takeWaitedNanos();

  /** Ends the feed's threads and closes the windows that it has open. */
  @Override
  void close();
}
