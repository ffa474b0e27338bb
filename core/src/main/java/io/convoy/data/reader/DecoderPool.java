package io.convoy.data.reader;

import io.convoy.data.image.Background;
import io.convoy.data.image.ImageDecoder;
import java.util.ArrayDeque;
import java.util.Deque;

/** The decoders of as many threads as read at a time. */
final class DecoderPool implements AutoCloseable {
  private final Background background;
  private final Deque<ImageDecoder> idle = new ArrayDeque<>();
  private boolean closed;

  DecoderPool(Background background) {
    this.background = background;
  }

  synchronized ImageDecoder borrow() {
    ImageDecoder decoder = idle.poll();
    return decoder == null ? new ImageDecoder(background) : decoder;
  }

  synchronized void giveBack(ImageDecoder decoder) {
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
