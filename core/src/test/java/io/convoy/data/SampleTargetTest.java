package io.convoy.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.error.ConvoyException;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.DenseTarget;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Samples that are of a class, and others. */
class SampleTargetTest {
  /** A box to be found in a grey pixel: no source of classes. */
  private record Boxes() implements IndexedSource {
    @Override
    public int size() {
      return 2;
    }

    @Override
    public int channels() {
      return 1;
    }

    @Override
    public Optional<Shape> commonShape() {
      return Optional.empty();
    }

    @Override
    public List<String> classes() {
      return List.of();
    }

    @Override
    public Target target(int index) {
      return index == 0
          ? new ClassLabel(7)
          : new DenseTarget(Shape.of(4), new float[] {0, 1, 2, 3});
    }

    @Override
    public void read(int index, Framing framing, Pixels into) {
      into.room(Shape.of(1, 1, 1))[0] = 1;
      into.frame(framing);
    }

    @Override
    public String fingerprint() {
      return "boxes";
    }

    @Override
    public void close() {}
  }

  @Test
  void aLabelIsAskedOfClassesAlone() {
    SampleSource source = new SampleSubset(new Boxes(), new int[] {1, 0});
    assertEquals(7, source.label(1));
    ConvoyException error = assertThrows(ConvoyException.class, () -> source.label(0));
    assertEquals(
        "sample 1 (counted from 0) must be of one class; its target is dense 4",
        error.getMessage());
  }

  @Test
  void aDenseTargetKeepsItsNumbers() {
    float[] values = {1, 2, 3, 4};
    DenseTarget target = new DenseTarget(Shape.of(4), values);
    values[2] = 0;
    assertEquals(3, target.value(2));
    assertEquals(new DenseTarget(Shape.of(4), new float[] {1, 2, 3, 4}), target);
    assertThrows(IllegalArgumentException.class, () -> new DenseTarget(Shape.of(3), new float[4]));
  }
}
