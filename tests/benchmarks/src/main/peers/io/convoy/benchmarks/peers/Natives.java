package io.convoy.benchmarks.peers;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** Native objects that are given back together, the last first. */
final class Natives implements AutoCloseable {
  private final Deque<Pointer> kept = new ArrayDeque<>();

  /** Keeps an object until this is closed. */
  <P extends Pointer> P keep(P pointer) {
    kept.push(pointer);
    return pointer;
  }

  /** A copy of an array outside of the heap. */
  FloatPointer copy(float[] values) {
    return keep(new FloatPointer(values));
  }

  FloatPointer floats(int length) {
    return keep(new FloatPointer((long) length));
  }

  /** A copy of native floats in an array. */
  static float[] read(FloatPointer values, int length) {
    float[] array = new float[length];
    values.position(0).get(array);
    return array;
  }

  @Override
  public void close() {
    while (!kept.isEmpty()) {
      kept.pop().deallocate();
    }
  }
}
