package io.convoy.reference;

import io.convoy.data.IndexedSource;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Small images that can be learnt: a class is a bright row, a bright column or both, on noise. All
 * is a function of the index, by integer arithmetic.
 *
 * @param size samples
 * @param seed tells sets apart
 */
public record BarImages(int size, Shape shape, int classCount, long seed) implements IndexedSource {
  /** Grey images of 9 x 7 pixels in five classes. */
  public static BarImages grey(int size) {
    return new BarImages(size, Shape.of(9, 7, 1), 5, 1);
  }

  /** Colour images of 9 x 7 pixels in five classes. */
  public static BarImages colour(int size) {
    return new BarImages(size, Shape.of(9, 7, 3), 5, 1);
  }

  @Override
  public Optional<Shape> commonShape() {
    return Optional.of(shape);
  }

  @Override
  public boolean isDecoded(int index) {
    return true;
  }

  @Override
  public List<String> classes() {
    return IntStream.range(0, classCount).mapToObj(i -> "class-" + i).toList();
  }

  @Override
  public Target target(int index) {
    return new ClassLabel((int) Long.remainderUnsigned(Numbers.bits(seed, index), classCount));
  }

  @Override
  public void read(int index, Framing framing, Pixels into) {
    byte[] pixels = into.room(shape);
    int label = label(index);
    int next = 0;
    for (int h = 0; h < shape.height(); h++) {
      for (int w = 0; w < shape.width(); w++) {
        boolean bright = h == 2 + label || w == (3 * label) % shape.width();
        for (int c = 0; c < shape.channels(); c++) {
          long noise = Numbers.bits(seed + 1, (long) index * 100_000 + next) >>> 57;
          pixels[next++] = (byte) ((bright ? 120 : 0) + noise);
        }
      }
    }
    into.frame(framing);
  }

  @Override
  public String fingerprint() {
    return "bars";
  }

  @Override
  public void close() {}
}
