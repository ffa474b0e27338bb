package io.convoy.feed;

import io.convoy.data.SampleWindow;
import io.convoy.data.augment.SampleLoader;
import io.convoy.targets.Target;
import io.convoy.tensor.Tensor;
import java.util.Arrays;

/** Has each sample read by the thread that needs it, when it does. */
final class DirectFeed implements SampleFeed {
  private final SampleLoader loader;
  private final SampleOrder order;
  private final OpenWindows open;
  private final SampleLoader.Scratch[] scratch;
  private Batch batch;
  private SampleWindow[] windows;

  DirectFeed(SampleLoader loader, SampleOrder order, int threads) {
    this.loader = loader;
    this.order = order;
    open = new OpenWindows(loader.source(), order);
    scratch = loader.newScratch(threads);
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
    SampleWindow window = windows[position - batch.from()];
    int row = batch.rows()[position];
    loader.write(loader.read(window, row, batch.epoch(), scratch[thread]), input, slot);
    return window.target(row);
  }

  @Override
  public void close() {
    open.closeAll();
  }
}
