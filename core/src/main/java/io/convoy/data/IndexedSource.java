package io.convoy.data;

import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.error.ConvoyException;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.LabelMix;
import io.convoy.targets.Target;

/** Samples that are read one by one, by number: none costs more because of where it lies. */
public interface IndexedSource extends SampleSource {
  /** What a sample is to be taken for; labels are in [0, classes). */
  Target target(int index);

  /** Reads an image, as {@link SampleWindow#read} does. */
  void read(int index, Framing framing, Pixels into);

  @Override
  default RowGroups rowGroups() {
    return RowGroups.single(size());
  }

  @Override
  default int label(int index) {
    if (target(index) instanceof ClassLabel one) {
      return one.label();
    }
    throw ConvoyException.usage(
        "%s must be of one class; its target is %s", describe(index), target(index));
  }

  @Override
  default int[] labels(int index) {
    return target(index) instanceof LabelMix mix && mix.independent()
        ? mix.parts().stream().mapToInt(LabelMix.Part::label).sorted().toArray()
        : new int[] {label(index)};
  }

  /** A view: nothing is read before a sample is. */
  @Override
  default SampleWindow open(int[] rows) {
    IndexedSource source = this;
    return new SampleWindow() {
      @Override
      public Target target(int row) {
        return source.target(row);
      }

      @Override
      public void read(int row, Framing framing, Pixels into) {
        source.read(row, framing, into);
      }

      @Override
      public void close() {
        // the source stays its owner's to close
      }
    };
  }
}
