package io.convoy.feed;

import io.convoy.data.SampleSource;
import io.convoy.data.SampleWindow;
import io.convoy.error.ConvoyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A window that is opened by the first who needs it, while others wait. */
final class OpenWindow {
  private static final Logger LOG = LoggerFactory.getLogger(OpenWindow.class);

  private final SampleSource source;
  private final int[] rows;
  private volatile SampleWindow window;
  private boolean closed;

  OpenWindow(SampleSource source, int[] rows) {
    this.source = source;
    this.rows = rows;
  }

  /**
   * The window.
   *
   * @throws io.convoy.error.ConvoyException when it cannot be opened; the next caller tries again
   */
  SampleWindow get() {
    SampleWindow opened = window;
    return opened == null ? open() : opened;
  }

  private synchronized SampleWindow open() {
    if (closed) {
      throw new IllegalStateException("a closed window is read");
    }
    if (window == null) {
      window = source.open(rows);
    }
    return window;
  }

  /** Opens it before anyone needs it; where that fails, who needs it will find out. */
  synchronized void openAhead() {
    try {
      if (!closed) {
        get();
      }
    } catch (ConvoyException e) {
      LOG.debug("a window could not be opened ahead: {}", e.getMessage());
    }
  }

  /** Closes it; nobody reads it any more. */
  synchronized void close() {
    closed = true;
    if (window != null) {
      window.close();
      window = null;
    }
  }
}
