package io.convoy.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.RowGroups;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The order of samples of a set whose rows lie in groups. */
class StreamedOrderTest {
  private static final int WINDOW = 5;
  private static final RowGroups GROUPS = RowGroups.of(new int[] {7, 1, 12, 3, 9, 2, 11}, WINDOW);
  private static final int ROWS = 45;

  private interface Case {
    void check(int batch, int shards);
  }

  private static void forAll(Case test) {
    for (int batch : new int[] {1, 4, 7, 16, 100}) {
      for (int shards : new int[] {1, 2, 3, 8}) {
        test.check(batch, shards);
      }
    }
  }

  private static int[] epoch(BatchPlan plan, int epoch) {
    List<Integer> all = new ArrayList<>();
    for (long i = 0; i < plan.stepsPerEpoch(); i++) {
      long step = epoch * plan.stepsPerEpoch() + i;
      int[] rows = new int[plan.batchSamples(step)];
      plan.indices(step, rows);
      Arrays.stream(rows).forEach(all::add);
    }
    return all.stream().mapToInt(row -> row).toArray();
  }

  /** The contract's words, done plainly: one list of rows, its streams, their windows, turns. */
  private static int[] plainly(int batch, int shards, int epoch) {
    RandomStream random = new RandomStream(42, Purpose.SHUFFLE_GROUPS);
    random.at(epoch, 0);
    List<Integer> sequence = new ArrayList<>();
    for (int group : random.permutation(GROUPS.count())) {
      IntStream.range(GROUPS.start(group), GROUPS.start(group + 1)).forEach(sequence::add);
    }
    List<List<Integer>> streams = new ArrayList<>();
    for (int v = 0; v < shards; v++) {
      List<Integer> rows = sequence.subList(v * ROWS / shards, (v + 1) * ROWS / shards);
      List<Integer> shuffled = new ArrayList<>();
      for (int first = 0; first < rows.size(); first += WINDOW) {
        List<Integer> window = rows.subList(first, Math.min(first + WINDOW, rows.size()));
        RandomStream keyed = new RandomStream(42, Purpose.SHUFFLE_WINDOW, v);
        keyed.at(epoch, first / WINDOW);
        for (int place : keyed.permutation(window.size())) {
          shuffled.add(window.get(place));
        }
      }
      streams.add(shuffled);
    }
    List<Integer> all = new ArrayList<>();
    int[] given = new int[shards];
    int taken = 0;
    int turn = 0;
    while (taken < ROWS) {
      List<List<Integer>> inBatch = new ArrayList<>();
      streams.forEach(stream -> inBatch.add(new ArrayList<>()));
      for (int i = 0; i < Math.min(batch, ROWS) && taken < ROWS; turn = (turn + 1) % shards) {
        if (given[turn] < streams.get(turn).size()) {
          inBatch.get(turn).add(streams.get(turn).get(given[turn]++));
          taken++;
          i++;
        }
      }
      inBatch.forEach(all::addAll);
    }
    return all.stream().mapToInt(row -> row).toArray();
  }

  @Test
  void itIsThatOfTheContract() {
    forAll(
        (batch, shards) -> {
          BatchPlan plan = new BatchPlan(GROUPS, batch, shards, 42);
          for (int epoch = 0; epoch < 3; epoch++) {
            String about = "batch %s, %s shards, epoch %s".formatted(batch, shards, epoch);
            assertArrayEquals(plainly(batch, shards, epoch), epoch(plan, epoch), about);
          }
        });
  }

  /** Golden: the order is part of the numerics contract. */
  @Test
  @Tag("golden")
  void theOrderIsFixed() {
    RowGroups groups = RowGroups.of(new int[] {5, 1, 9, 6}, 4);
    assertEquals(
        "[1, 2, 3, 18, 16, 17, 8, 9, 0, 4, 15, 19, 6, 10, 11, 14, 5, 20, 7, 12, 13]",
        Arrays.toString(epoch(new BatchPlan(groups, 8, 3, 42), 1)));
  }

  @Test
  void eachRowLiesInItsWindow() {
    forAll(
        (batch, shards) -> {
          BatchPlan plan = new BatchPlan(GROUPS, batch, shards, 42);
          for (long step = 0; step < 2 * plan.stepsPerEpoch(); step++) {
            int[] rows = new int[plan.batchSamples(step)];
            plan.indices(step, rows);
            WindowId[] windows = plan.windows(step);
            assertEquals(rows.length, windows.length);
            for (int i = 0; i < rows.length; i++) {
              int row = rows[i];
              assertTrue(Arrays.stream(plan.rows(windows[i])).anyMatch(r -> r == row));
            }
          }
        });
  }

  /** A window is over when, and not before, no later step takes a row from it. */
  @Test
  void windowsEndWithTheirLastRow() {
    forAll(
        (batch, shards) -> {
          BatchPlan plan = new BatchPlan(GROUPS, batch, shards, 42);
          long steps = 2 * plan.stepsPerEpoch();
          Set<WindowId> all = new HashSet<>();
          for (long step = 0; step < steps; step++) {
            all.addAll(List.of(plan.windows(step)));
          }
          for (WindowId window : all) {
            boolean needed = false;
            for (long step = steps - 1; step >= 0; step--) {
              needed |= List.of(plan.windows(step)).contains(window);
              assertEquals(!needed, plan.isOver(window, step), window + " at step " + step);
            }
            WindowId next = new WindowId(window.epoch(), window.stream(), window.number() + 1);
            assertEquals(all.contains(next), plan.next(window).isPresent());
          }
        });
  }
}
