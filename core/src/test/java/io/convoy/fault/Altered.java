package io.convoy.fault;

import io.convoy.data.IndexedSource;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.reference.BarImages;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Bars with something wrong: which image each sample shows, which label it has, how long its
 * reading takes.
 *
 * @param pauseMillis of each reading
 */
record Altered(
    BarImages bars, int size, IntUnaryOperator image, IntUnaryOperator label, long pauseMillis)
    implements IndexedSource {
  static Altered of(int size) {
    BarImages bars = BarImages.colour(size);
    return new Altered(bars, size, i -> i, bars::label, 0);
  }

  Altered withImages(IntUnaryOperator other) {
    return new Altered(bars, size, other, i -> bars.label(other.applyAsInt(i)), pauseMillis);
  }

  Altered withLabels(IntUnaryOperator other) {
    return new Altered(bars, size, image, other, pauseMillis);
  }

  Altered slow(long millis) {
    return new Altered(bars, size, image, label, millis);
  }

  @Override
  public Optional<Shape> commonShape() {
    return bars.commonShape();
  }

  @Override
  public boolean isDecoded(int index) {
    return pauseMillis == 0;
  }

  @Override
  public List<String> classes() {
    return bars.classes();
  }

  @Override
  public Target target(int index) {
    return new ClassLabel(label.applyAsInt(index));
  }

  @Override
  public void read(int index, Framing framing, Pixels into) {
    if (pauseMillis > 0) {
      try {
        Thread.sleep(pauseMillis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    bars.read(image.applyAsInt(index), framing, into);
  }

  @Override
  public String fingerprint() {
    return "altered bars";
  }

  @Override
  public void close() {}
}
