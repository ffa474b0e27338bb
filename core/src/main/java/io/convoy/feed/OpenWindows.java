package io.convoy.feed;

import io.convoy.data.SampleSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The windows that a feed reads from. For one thread at a time. */
final class OpenWindows {
  private final SampleSource source;
  private final SampleOrder order;
  private final Map<WindowId, OpenWindow> windows = new LinkedHashMap<>();

  OpenWindows(SampleSource source, SampleOrder order) {
    this.source = source;
    this.order = order;
  }

  boolean contains(WindowId id) {
    return windows.containsKey(id);
  }

  OpenWindow get(WindowId id) {
    return windows.computeIfAbsent(id, key -> new OpenWindow(source, order.rows(key)));
  }

  /** The windows of the samples of a batch that are loaded here. */
  OpenWindow[] of(Batch batch) {
    OpenWindow[] all = new OpenWindow[batch.samples()];
    for (int i = 0; i < all.length; i++) {
      all[i] = get(batch.windows()[batch.from() + i]);
    }
    return all;
  }

  /** Closes those which no batch from {@code number} on reads. */
  void closeOver(long number) {
    List<WindowId> over =
        windows.keySet().stream().filter(window -> order.isOver(window, number)).toList();
    over.forEach(window -> windows.remove(window).close());
  }

  void closeAll() {
    windows.values().forEach(OpenWindow::close);
    windows.clear();
  }
}
