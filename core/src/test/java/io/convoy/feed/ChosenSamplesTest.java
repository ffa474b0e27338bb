package io.convoy.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.ArraySource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.Cutmix;
import io.convoy.data.augment.Mixup;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.StandardScore;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What people look at is what is trained on. */
class ChosenSamplesTest {
  private static final Shape SHAPE = Shape.of(6, 5, 3);
  private static final int ROWS = 23;
  private static final int[] EPOCHS = {0, 3};

  private record Seen(List<Float> values, Target target) {}

  private final BatchPlan plan = new BatchPlan(ROWS, 7, 3, 5);

  private static SampleLoader loader(Augmentation augmentation) {
    byte[][] images = new byte[ROWS][SHAPE.elements()];
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < images[row].length; i++) {
        images[row][i] = (byte) (row * 31 + i * 7);
      }
    }
    int[] labels = IntStream.range(0, ROWS).map(row -> row % 4).toArray();
    return new SampleLoader(
        new ArraySource(SHAPE, List.of("a", "b", "c", "d"), labels, images),
        SHAPE,
        new StandardScore(new float[3], new float[] {1, 1, 1}),
        augmentation,
        5);
  }

  private static Seen load(SampleFeed feed, int position) {
    Tensor input = Tensor.of(1, SHAPE);
    Target target = feed.load(position, input, 0, 0);
    return new Seen(
        IntStream.range(0, SHAPE.elements()).mapToObj(i -> input.data()[i]).toList(), target);
  }

  /** All samples of the epochs as a training's feed gives them, by epoch and row. */
  private Map<List<Integer>, Seen> trained(SampleLoader loader) {
    Map<List<Integer>, Seen> seen = new HashMap<>();
    for (int epoch : EPOCHS) {
      long first = epoch * plan.stepsPerEpoch();
      try (SampleFeed feed =
          SampleFeed.of(loader, new ShardOrder(plan, 1, first + plan.stepsPerEpoch()), 1)) {
        for (long step = first; step < first + plan.stepsPerEpoch(); step++) {
          Batch batch = feed.begin(step, 0);
          for (int position = 0; position < batch.to(); position++) {
            seen.put(List.of(epoch, batch.rows()[position]), load(feed, position));
          }
        }
      }
    }
    return seen;
  }

  private static void compare(
      SampleLoader loader, ChosenSamples chosen, int[] rows, Map<List<Integer>, Seen> trained) {
    try (SampleFeed feed = SampleFeed.of(loader, chosen, 1)) {
      for (int i = 0; i < rows.length; i++) {
        for (int e = 0; e < EPOCHS.length; e++) {
          feed.begin(chosen.number(i, e), 0);
          assertEquals(trained.get(List.of(EPOCHS[e], rows[i])), load(feed, 0));
        }
      }
    }
  }

  @Test
  void mixedSamplesAreThoseOfTheTraining() {
    SampleLoader loader =
        loader(new Augmentation(2, true).withMixing(new Mixup(1, 1), new Cutmix(1, 1)));
    Map<List<Integer>, Seen> trained = trained(loader);
    assertEquals(2 * ROWS, trained.size());
    assertNotEquals(trained.get(List.of(0, 9)), trained.get(List.of(3, 9)));
    int[] rows = {22, 0, 9, 13};
    compare(loader, ChosenSamples.withPartners(plan, rows, EPOCHS), rows, trained);
  }

  @Test
  void samplesAloneAreThoseOfTheTraining() {
    SampleLoader loader = loader(new Augmentation(2, true));
    int[] rows = {1, 17};
    compare(loader, ChosenSamples.alone(rows, EPOCHS), rows, trained(loader));
  }

  @Test
  void aWindowHasASampleAndItsPartners() {
    int[] rows = {22, 3};
    ChosenSamples chosen = ChosenSamples.withPartners(plan, rows, EPOCHS);
    for (int i = 0; i < rows.length; i++) {
      for (int e = 0; e < EPOCHS.length; e++) {
        Batch batch = chosen.batch(chosen.number(i, e), 0);
        int[] window = chosen.rows(batch.windows()[0]);
        assertArrayEquals(IntStream.of(window).sorted().distinct().toArray(), window);
        for (int row : batch.rows()) {
          assertTrue(IntStream.of(window).anyMatch(r -> r == row));
        }
        assertEquals(rows[i], batch.rows()[0]);
      }
    }
    WindowId first = chosen.batch(0, 0).windows()[0];
    assertTrue(chosen.isOver(first, 2) && !chosen.isOver(first, 1));
    assertTrue(chosen.next(first).isPresent());
    assertTrue(chosen.next(chosen.next(first).get()).isEmpty());
  }

  @Test
  void aRowThatIsNotThereIsTold() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ChosenSamples.withPartners(plan, new int[] {ROWS}, EPOCHS));
  }
}
