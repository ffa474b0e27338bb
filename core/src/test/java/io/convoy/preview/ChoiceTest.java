package io.convoy.preview;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.data.IndexedSource;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.LabelMix;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  /** Labels alone. */
  private record Labels(Target[] targets, int count) implements IndexedSource {
    static Labels of(int classes, int... labels) {
      return new Labels(
          Arrays.stream(labels).mapToObj(ClassLabel::new).toArray(Target[]::new), classes);
    }

    @Override
    public int size() {
      return targets.length;
    }

    @Override
    public Optional<Shape> commonShape() {
      return Optional.of(Shape.of(1, 1, 1));
    }

    @Override
    public List<String> classes() {
      return Collections.nCopies(count, "any");
    }

    @Override
    public Target target(int index) {
      return targets[index];
    }

    @Override
    public void read(int index, Framing framing, Pixels into) {
      throw new UnsupportedOperationException("labels alone");
    }

    @Override
    public String fingerprint() {
      return "";
    }

    @Override
    public void close() {}
  }

  @Test
  void classesHaveEqualSharesAsFarAsTheyGo() {
    Labels set = Labels.of(4, 0, 0, 0, 0, 0, 0, 0, 0, 3, 1, 1, 1, 1, 1, 1, 1, 1);
    Choice choice = Choice.of(set, 6);
    assertArrayEquals(new int[][] {{0}, {0}, {0}, {1}, {1}, {3}}, choice.labels());
    // the middles of three thirds and of two halves of eight
    assertArrayEquals(new int[] {1, 4, 6, 9 + 2, 9 + 6, 8}, choice.rows());
    assertArrayEquals(new int[] {8, 8, 0, 1}, choice.images());
    assertEquals(2, choice.shown(1));
    assertEquals(0, choice.shown(2));
  }

  @Test
  void aSmallSetIsTakenWhole() {
    assertArrayEquals(new int[] {1, 2, 0}, Choice.of(Labels.of(2, 1, 0, 0), 50).rows());
  }

  @Test
  void moreClassesThanImages() {
    int[] labels = IntStream.range(0, 100).filter(label -> label != 17).toArray();
    Choice choice = Choice.of(Labels.of(100, labels), 3);
    assertArrayEquals(new int[][] {{16}, {50}, {83}}, choice.labels());
  }

  /** An image goes by its first label, and counts for all; those without one are shown, too. */
  @Test
  void severalLabelsCountForEachOfTheirClasses() {
    int[][] sets = {{0, 1}, {0}, {}, {1}, {}, {0, 2}, {}, {1, 2}};
    Target[] targets = Arrays.stream(sets).map(LabelMix::ofLabels).toArray(Target[]::new);
    Choice choice = Choice.of(new Labels(targets, 3), 3);
    assertArrayEquals(new int[] {3, 3, 2}, choice.images());
    assertArrayEquals(new int[] {1, 7, 4}, choice.rows());
    assertArrayEquals(new int[][] {{0}, {1, 2}, {}}, choice.labels());
    assertEquals(1, choice.shown(2));
    List<String> classes = List.of("a", "b", "c");
    assertEquals("b, c", TargetWords.labels(new int[] {1, 2}, classes));
    assertEquals("no label", TargetWords.labels(new int[0], classes));
    assertEquals(List.of("b", "c"), TargetWords.of(LabelMix.ofLabels(1, 2), classes));
    assertEquals(List.of("no label"), TargetWords.of(LabelMix.ofLabels(), classes));
    assertEquals(
        List.of("75.0 % a", "25.0 % b"),
        TargetWords.of(LabelMix.of(LabelMix.ofLabels(0), 0.75f, LabelMix.ofLabels(1)), classes));
  }
}
