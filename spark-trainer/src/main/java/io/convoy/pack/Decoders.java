package io.convoy.pack;

import io.convoy.data.image.Background;
import io.convoy.data.image.ImageDecoder;
import java.util.ArrayDeque;
import java.util.Deque;

/** Decoders for as many threads as decode at a time. */
final class Decoders implements AutoCloseable {
  private final Deque<ImageDecoder> idle = new ArrayDeque<>();
  private final Background background;

  Decoders(Background background) {
    this.background = background;
  }

  synchronized ImageDecoder borrow() {
    ImageDecoder decoder = idle.poll();
    return decoder == null ? new ImageDecoder(background) : decoder;
  }

  synchronized void giveBack(ImageDecoder decoder) {
    idle.push(decoder);
  }

  /** Frees what the decoders hold outside of the heap; they can be used again. */
  @Override
  public synchronized void close() {
    idle.forEach(ImageDecoder::close);
    idle.clear();
  }
}
