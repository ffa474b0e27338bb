package io.convoy.feed;

import io.convoy.data.SampleWindow;
import io.convoy.data.augment.Mix;
import io.convoy.data.augment.SampleLoader;
import io.convoy.targets.Target;
import io.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;

/** Has each sample read by the thread that needs it, when it does. */
final class DirectFeed implements SampleFeed {
  private final SampleLoader loader;
  private final SampleOrder order;
  private final OpenWindows open;
  private final SampleLoader.Scratch[] scratch;
  private final SampleLoader.Scratch[] ofPartners;
  private Batch batch;
  private SampleWindow[] windows;

  DirectFeed(SampleLoader loader, SampleOrder order, int threads) {
    this.loader = loader;
    this.order = order;
    open = new OpenWindows(loader.source(), order);
    scratch = loader.newScratch(threads);
    ofPartners = loader.newScratch(threads);
  }

  @Override
  public SampleLoader loader() {
    return loader;
  }

  @Override
  public Batch begin(long number, int rank) {
    open.closeOver(number);
    batch = order.batch(number, rank);
    windows = Arrays.stream(open.of(batch)).map(OpenWindow::get).toArray(SampleWindow[]::new);
    return batch;
  }

  @Override
  public Target load(int position, Tensor input, int slot, int thread) {
    byte[] sample = read(position, scratch[thread]);
    int partner = batch.partner(position);
    Optional<Mix> mix =
        partner == position ? Optional.empty() : loader.mix(batch.rows()[position], batch.epoch());
    if (mix.isEmpty()) {
      loader.write(sample, input, slot);
      return target(position);
    }
    loader.write(sample, read(partner, ofPartners[thread]), mix.get(), input, slot);
    return mix.get().target(target(position), target(partner));
  }

  private byte[] read(int position, SampleLoader.Scratch into) {
    return loader.read(window(position), batch.rows()[position], batch.epoch(), into);
  }

  /** Samples lie decoded in memory. */
  @Override
  public long takeWaitedNanos() {
    return 0;
  }

  private Target target(int position) {
    return window(position).target(batch.rows()[position]);
  }

  private SampleWindow window(int position) {
    return windows[position - batch.from()];
  }

  @Override
  public void close() {
    open.closeAll();
  }
}
