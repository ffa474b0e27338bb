package io.convoy.data;

import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Some samples of a source, under indices of their own. The source stays its owner's to close.
 *
 * <p>Its fingerprint is that of the source together with the indices.
 */
public final class SampleSubset implements SampleSource {
  private final SampleSource source;
  private final int[] indices;

  /**
   * A view.
   *
   * @param indices in the source, ascending, at least one; sample i here is sample {@code
   *     indices[i]} there
   */
  public SampleSubset(SampleSource source, int[] indices) {
    if (indices.length == 0) {
      throw new IllegalArgumentException("a subset has at least one sample; got none");
    }
    this.source = source;
    this.indices = indices.clone();
  }

  /** The indices in the source. */
  public int[] indices() {
    return indices.clone();
  }

  /** The source that these are some of. */
  public SampleSource whole() {
    return source;
  }

  /** The samples of the source that are not among these; empty where there are none. */
  public Optional<SampleSubset> rest() {
    BitSet left = new BitSet(source.size());
    left.set(0, source.size());
    for (int index : indices) {
      left.clear(index);
    }
    int[] others = left.stream().toArray();
    return others.length == 0 ? Optional.empty() : Optional.of(new SampleSubset(source, others));
  }

  @Override
  public RowGroups rowGroups() {
    return source.rowGroups().subset(indices);
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public int channels() {
    return source.channels();
  }

  @Override
  public Optional<Shape> commonShape() {
    return source.commonShape();
  }

  @Override
  public List<String> classes() {
    return source.classes();
  }

  @Override
  public int label(int index) {
    return source.label(indices[index]);
  }

  @Override
  public int[] labels(int index) {
    return source.labels(indices[index]);
  }

  @Override
  public boolean severalLabels() {
    return source.severalLabels();
  }

  @Override
  public boolean isDecoded(int index) {
    return source.isDecoded(indices[index]);
  }

  @Override
  public SampleWindow open(int[] rows) {
    SampleWindow window = source.open(Arrays.stream(rows).map(row -> indices[row]).toArray());
    return new SampleWindow() {
      @Override
      public Target target(int row) {
        return window.target(indices[row]);
      }

      @Override
      public void read(int row, Framing framing, Pixels into) {
        window.read(indices[row], framing, into);
      }

      @Override
      public void close() {
        window.close();
      }
    };
  }

  @Override
  public String describe(int index) {
    return source.describe(indices[index]);
  }

  @Override
  public List<String> names(int[] rows) {
    return source.names(Arrays.stream(rows).map(row -> indices[row]).toArray());
  }

  @Override
  public List<String> leftOut() {
    return source.leftOut();
  }

  @Override
  public String fingerprint() {
    Fingerprint fingerprint = new Fingerprint().add(source.fingerprint()).add(indices.length);
    for (int index : indices) {
      fingerprint.add(index);
    }
    return fingerprint.hex();
  }

  /** Does nothing: the source is not this view's. */
  @Override
  public void close() {}
}
