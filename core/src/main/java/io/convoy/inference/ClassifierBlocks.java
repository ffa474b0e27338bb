package io.convoy.inference;

import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.UnitRange;
import io.convoy.feed.Batch;
import io.convoy.feed.SampleFeed;
import io.convoy.feed.SampleOrder;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.shard.Stripe;
import java.util.ArrayList;
import java.util.List;

/**
 * What a classifier says of a set of images, in the blocks of {@link InferenceBlocks}, which
 * several can share out as there. Each image is read once for all networks that see the same of it.
 * The probabilities have the bits that a {@link Predictor} gives of the same pixels. One thread at
 * a time; it works on the pool's threads.
 */
public final class ClassifierBlocks implements AutoCloseable {
  private final SampleSource source;
  private final Stripe blocks;
  private final ClassifierPass pass;
  private final List<SampleFeed> feeds = new ArrayList<>();

  /** Who wants to know what becomes of each image. */
  @FunctionalInterface
  public interface Each {
    /**
     * Told of an image.
     *
     * @param sample its number in the set, from 0
     * @param probabilities one a class; the receiver's own
     * @param labels that it has, in ascending order
     */
    void evaluated(int sample, double[] probabilities, int[] labels);
  }

  /**
   * Takes the memory, and the weights, which are not copied.
   *
   * @param testTime which versions of an image are looked at
   * @param source whose labels are those of the classifier
   * @param rank of those who share out the blocks, from 0
   * @param ranks how many they are, at least 1
   * @param pool whose threads compute, with the thread that calls this
   */
  public ClassifierBlocks(
      Classifier classifier,
      TestTime testTime,
      SampleSource source,
      int rank,
      int ranks,
      Kernels kernels,
      WorkPool pool) {
    this.source = source;
    int size = InferenceBlocks.SAMPLES;
    int samples = source.size();
    blocks = new Stripe(rank, ranks, (samples + size - 1) / size);
    pass = new ClassifierPass(classifier, testTime, null, size, kernels, pool);
    SampleOrder order = new BlockOrder(blocks, size, samples);
    List<SampleLoader> loaders = pass.views().stream().map(this::loader).toList();
    loaders.forEach(loader -> feeds.add(SampleFeed.of(loader, order, pool.threads())));
  }

  /** Of bytes, which the pass makes numbers of; nothing is drawn. */
  private SampleLoader loader(View view) {
    return new SampleLoader(
        source, view.shape(), view.resizing(), new UnitRange(), Augmentation.NONE, 0);
  }

  /**
   * Bytes of the buffers that it takes: packed weights, activations of blocks, and samples that are
   * read ahead.
   *
   * @param testTime which versions of an image are looked at
   * @param threads kernel threads, at least 1
   */
  public static long bufferBytes(
      Classifier classifier, TestTime testTime, Kernels kernels, int threads) {
    long samples =
        View.of(classifier.models(), testTime).stream()
            .mapToLong(view -> view.shape().elements())
            .map(
                elements ->
                    SampleFeed.mostBytes(
                        InferenceBlocks.SAMPLES, (int) elements, threads, Augmentation.NONE))
            .sum();
    return samples
        + ClassifierPass.bufferBytes(classifier, InferenceBlocks.SAMPLES, kernels, threads);
  }

  /** Computes all blocks that fall to it. */
  public void run(Each each) {
    for (int i = 0; i < blocks.count(); i++) {
      run(i, each);
    }
  }

  private void run(int i, Each each) {
    Batch batch = null;
    for (SampleFeed feed : feeds) {
      batch = feed.begin(i, 0);
    }
    ClassifierPass.Outputs outputs =
        pass.run(
            batch.samples(), (view, slot, thread) -> feeds.get(view).bytes(slot, thread), () -> {});
    for (int n = 0; n < batch.samples(); n++) {
      int sample = batch.rows()[n];
      each.evaluated(sample, outputs.probabilities()[n], source.labels(sample));
    }
  }

  @Override
  public void close() {
    feeds.forEach(SampleFeed::close);
  }
}
