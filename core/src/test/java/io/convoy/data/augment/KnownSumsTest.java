package io.convoy.data.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.data.ChannelSums;
import io.convoy.data.IndexedSource;
import io.convoy.data.SampleSource;
import io.convoy.data.SampleSubset;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Mean and deviation of a set that knows its sums, as packed sets do. */
class KnownSumsTest {
  private static final int SIZE = 40;

  private static int value(int row, int element) {
    return (row * 37 + element * 11 + row * element) & 0xFF;
  }

  /** Each image has a size of its own. */
  private static Shape shape(int row) {
    return Shape.of(1 + row % 5, 2, 2);
  }

  private record Known() implements IndexedSource {
    @Override
    public Optional<Shape> commonShape() {
      return Optional.empty();
    }

    @Override
    public int channels() {
      return 2;
    }

    @Override
    public List<String> classes() {
      return List.of("only");
    }

    @Override
    public int size() {
      return SIZE;
    }

    @Override
    public Target target(int index) {
      return new ClassLabel(0);
    }

    @Override
    public void read(int index, Framing framing, Pixels into) {
      byte[] room = into.room(shape(index));
      for (int i = 0; i < shape(index).elements(); i++) {
        room[i] = (byte) value(index, i);
      }
      into.frame(framing);
    }

    @Override
    public Optional<ChannelSums> channelSums() {
      return Optional.of(sums(IntStream.range(0, SIZE).toArray()));
    }

    @Override
    public String fingerprint() {
      return "known";
    }

    @Override
    public void close() {}
  }

  private static ChannelSums sums(int[] rows) {
    long[] sums = new long[2];
    long[] squares = new long[2];
    long pixels = 0;
    for (int row : rows) {
      for (int i = 0; i < shape(row).elements(); i++) {
        sums[i % 2] += value(row, i);
        squares[i % 2] += (long) value(row, i) * value(row, i);
      }
      pixels += shape(row).elements() / 2;
    }
    return new ChannelSums(
        pixels,
        List.of(BigInteger.valueOf(sums[0]), BigInteger.valueOf(sums[1])),
        List.of(BigInteger.valueOf(squares[0]), BigInteger.valueOf(squares[1])));
  }

  private static long read(SampleSource source, ChannelSums expected) {
    AtomicLong read = new AtomicLong();
    TrainingPixels pixels =
        new TrainingPixels(source, Framing.STORED, 2, (done, total) -> read.incrementAndGet());
    assertEquals(expected, pixels.channels());
    return read.get();
  }

  @Test
  void nothingIsReadOfTheWhole() {
    assertEquals(0, read(new Known(), sums(IntStream.range(0, SIZE).toArray())));
  }

  /** What is not in the part is read and taken away, where that is less than the part. */
  @Test
  void ofAPartTheRestIsRead() {
    int[] most = IntStream.range(0, SIZE).filter(row -> row % 7 != 3).toArray();
    assertEquals(SIZE - most.length, read(new SampleSubset(new Known(), most), sums(most)));
    int[] few = {1, 5, 17};
    assertEquals(3, read(new SampleSubset(new Known(), few), sums(few)));
    int[] all = IntStream.range(0, SIZE).toArray();
    assertEquals(SIZE, read(new SampleSubset(new Known(), all), sums(all)));
  }

  /** Sums are of images as they are stored. */
  @Test
  void framedImagesAreRead() {
    AtomicLong read = new AtomicLong();
    Framing framing = new Resizing(2, 2, 2, io.convoy.data.image.DecodeScale.FULL).evaluation();
    var unused =
        new TrainingPixels(new Known(), framing, 2, (done, total) -> read.incrementAndGet())
            .channels();
    assertEquals(SIZE, read.get());
  }

  @Test
  void meanAndDeviationGoTogether() {
    assertEquals(
        "standardization has both mean and deviation, or neither, which has them measured on the"
            + " training images; got mean alone",
        assertThrows(
                io.convoy.error.ConvoyException.class,
                () -> new StandardScore(new float[] {0}, null))
            .getMessage());
  }
}
