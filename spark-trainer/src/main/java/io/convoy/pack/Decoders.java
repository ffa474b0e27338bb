package io.convoy.pack;

import io.convoy.data.image.ImageDecoder;
import java.util.ArrayDeque;
import java.util.Deque;

/** Decoders for as many threads as decode at a time. */
final class Decoders implements AutoCloseable {
  private final Deque<ImageDecoder> idle = new ArrayDeque<>();

  synchronized ImageDecoder borrow() {
    ImageDecoder decoder = idle.poll();
    return decoder == null ? new ImageDecoder() : decoder;
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
