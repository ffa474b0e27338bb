package io.convoy.worker;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.IndexedSource;
import io.convoy.data.SampleSource;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Grey images of 9 x 9 pixels in three classes, which follow from their index by whole-number
 * arithmetic; no file is read.
 *
 * @param size samples
 * @param kept where they lie
 */
record PatternImages(int size, Kept kept) implements DataSet {
  private static final long serialVersionUID = 1L;

  /** Where a source has its images. */
  enum Kept {
    /** Not in memory: they are read ahead. */
    NOT,
    /** Not in memory either, and one takes longer to read than a step to compute. */
    FAR_AWAY,
    /** In memory. */
    DECODED
  }

  private static final long FAR_NANOS = 3_000_000;

  /** Images that are read ahead. */
  PatternImages(int size) {
    this(size, Kept.NOT);
  }

  @Override
  public SampleSource open(FileStore files) {
    return new Source(size, kept);
  }

  private record Source(int size, Kept kept) implements IndexedSource {
    @Override
    public Optional<Shape> commonShape() {
      return Optional.of(Shape.of(9, 9, 1));
    }

    @Override
    public boolean isDecoded(int index) {
      return kept == Kept.DECODED;
    }

    @Override
    public List<String> classes() {
      return List.of("a", "b", "c");
    }

    @Override
    public Target target(int index) {
      return new ClassLabel(index * 7 % 3);
    }

    @Override
    public void read(int index, Framing framing, Pixels into) {
      long start = System.nanoTime();
      while (kept == Kept.FAR_AWAY && System.nanoTime() - start < FAR_NANOS) {
        Thread.onSpinWait();
      }
      byte[] pixels = into.room(Shape.of(9, 9, 1));
      for (int p = 0; p < 81; p++) {
        int noise = (index * 2654435 + p * 40503 + index * p * 97) >>> 7 & 0x3F;
        pixels[p] = (byte) ((p / 9 + label(index)) % 3 * 60 + noise);
      }
      into.frame(framing);
    }

    @Override
    public String fingerprint() {
      return "patterns";
    }

    @Override
    public void close() {}
  }
}
