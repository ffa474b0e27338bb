package io.convoy.data.image;

import java.util.ArrayDeque;
import java.util.Deque;

/** The decoders of as many threads as read at a time. */
public final class DecoderPool implements AutoCloseable {
  private final Background background;
  private final Deque<ImageDecoder> idle = new ArrayDeque<>();
  private boolean closed;

  /** For images over a background. */
  public DecoderPool(Background background) {
    this.background = background;
  }

  /** One for a thread, until it gives it back. */
  public synchronized ImageDecoder borrow() {
    ImageDecoder decoder = idle.poll();
    return decoder == null ? new ImageDecoder(background) : decoder;
  }

  /** Takes one back. */
  public synchronized void giveBack(ImageDecoder decoder) {
    if (closed) {
      decoder.close();
    } else {
      idle.push(decoder);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(ImageDecoder::close);
    idle.clear();
  }
}
