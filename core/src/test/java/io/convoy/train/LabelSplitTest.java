package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.IndexedSource;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.targets.LabelMix;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is held back of images with several labels has each label as often as it should. */
class LabelSplitTest {
  /** Labels without pixels. */
  private record Labelled(int[][] sets, int count) implements IndexedSource {
    @Override
    public int size() {
      return sets.length;
    }

    @Override
    public boolean severalLabels() {
      return true;
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
      return LabelMix.ofLabels(sets[index]);
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

  /**
   * Label c is drawn with probability 1/(c + 1.5); the first ones are common, the last ones rare.
   */
  private static Labelled drawn(int size, int classes, int seed) {
    RandomStream draws = new RandomStream(seed, Purpose.SYNTHETIC_DATA);
    int[][] sets = new int[size][];
    for (int i = 0; i < size; i++) {
      int sample = i;
      sets[i] =
          IntStream.range(0, classes)
              .filter(c -> draws.uniform(sample * classes + c) < 1 / (c + 1.5))
              .toArray();
    }
    return new Labelled(sets, classes);
  }

  private static long count(Labelled source, boolean[] held, int label) {
    return IntStream.range(0, source.size())
        .filter(i -> held[i] && Arrays.stream(source.sets()[i]).anyMatch(of -> of == label))
        .count();
  }

  @Test
  void eachLabelGivesItsShare() {
    for (int seed = 1; seed <= 20; seed++) {
      Labelled source = drawn(211 + 37 * seed, 9, seed);
      int held = source.size() * (1 + seed % 4) / 9;
      boolean[] split = new LabelSplit(source, held, seed).heldBack();
      boolean[] all = new boolean[source.size()];
      Arrays.fill(all, true);
      assertEquals(held, IntStream.range(0, all.length).filter(i -> split[i]).count());
      for (int label = 0; label < 9; label++) {
        double share = (double) held * count(source, all, label) / source.size();
        long given = count(source, split, label);
        assertTrue(Math.abs(given - share) < 3, label + ": " + given + " of " + share);
      }
    }
  }

  /** A split by sets of labels would hold back whole sets, or none, where each occurs once. */
  @Test
  void setsThatOccurOnceAreNoHindrance() {
    int[][] sets =
        IntStream.range(0, 128)
            .mapToObj(i -> IntStream.range(0, 7).filter(c -> ((i >> c) & 1) == 1).toArray())
            .toArray(int[][]::new);
    Labelled source = new Labelled(sets, 7);
    boolean[] split = new LabelSplit(source, 32, 5).heldBack();
    for (int label = 0; label < 7; label++) {
      assertEquals(16, count(source, split, label), 1.0, "label " + label);
    }
  }

  @Test
  void theEndsAreWhole() {
    Labelled source = drawn(50, 4, 3);
    assertFalse(contains(new LabelSplit(source, 0, 1).heldBack(), true));
    assertFalse(contains(new LabelSplit(source, 50, 1).heldBack(), false));
    Labelled unlabelled = new Labelled(new int[10][0], 2);
    boolean[] some = new LabelSplit(unlabelled, 3, 1).heldBack();
    assertEquals(3, IntStream.range(0, 10).filter(i -> some[i]).count());
  }

  private static boolean contains(boolean[] split, boolean which) {
    return IntStream.range(0, split.length).anyMatch(i -> split[i] == which);
  }

  /** The numerics contract: weights follow from which samples are trained on. */
  @Test
  void theSplitNeverChanges() {
    boolean[] split = new LabelSplit(drawn(40, 5, 1), 8, 1).heldBack();
    assertEquals(
        "[1, 4, 9, 20, 34, 37, 38, 39]",
        Arrays.toString(IntStream.range(0, 40).filter(i -> split[i]).toArray()));
    assertArrayEquals(split, new LabelSplit(drawn(40, 5, 1), 8, 1).heldBack());
    assertFalse(Arrays.equals(split, new LabelSplit(drawn(40, 5, 1), 8, 2).heldBack()));
  }
}
