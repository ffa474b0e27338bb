package io.convoy.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.RowGroups;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Properties of the order of samples, for many sizes. */
class BatchPlanTest {
  private static final int[] SAMPLES = {1, 2, 3, 5, 13, 64, 207, 1000};
  private static final int[] BATCHES = {1, 2, 7, 16, 64, 300};
  private static final int[] SHARDS = {1, 2, 3, 8, 64};

  private interface Case {
    void check(BatchPlan plan, int samples, int batch, int shards);
  }

  private static void forAll(Case test) {
    for (int samples : SAMPLES) {
      for (int batch : BATCHES) {
        for (int shards : SHARDS) {
          test.check(new BatchPlan(samples, batch, shards, 42), samples, batch, shards);
        }
      }
    }
  }

  private static int[] batch(BatchPlan plan, long step) {
    int[] indices = new int[plan.batchSamples(step) + 1];
    indices[indices.length - 1] = -7;
    plan.indices(step, indices);
    assertEquals(-7, indices[indices.length - 1], "nothing behind the batch is written");
    return Arrays.copyOf(indices, indices.length - 1);
  }

  private static int[] epoch(BatchPlan plan, int epoch) {
    return IntStream.range(0, (int) plan.stepsPerEpoch())
        .flatMap(i -> Arrays.stream(batch(plan, epoch * plan.stepsPerEpoch() + i)))
        .toArray();
  }

  @Test
  void eachSampleIsUsedOnceAnEpoch() {
    forAll(
        (plan, samples, batch, shards) -> {
          for (int epoch = 0; epoch < 3; epoch++) {
            BitSet seen = new BitSet();
            int[] order = epoch(plan, epoch);
            Arrays.stream(order).forEach(seen::set);
            assertEquals(samples, order.length);
            assertEquals(samples, seen.cardinality(), samples + " " + batch + " " + shards);
            assertEquals(samples, seen.length());
          }
        });
  }

  @Test
  void stepsAndBatchesCount() {
    forAll(
        (plan, samples, batch, shards) -> {
          int size = Math.min(batch, samples);
          long steps = (long) Math.ceil((double) samples / size);
          assertEquals(steps, plan.stepsPerEpoch());
          for (long step = 0; step < 2 * steps; step++) {
            boolean last = step % steps == steps - 1;
            long expected = last ? samples - (steps - 1) * size : size;
            assertEquals(expected, plan.batchSamples(step));
            assertEquals(step < steps ? 0 : 1, plan.epoch(step));
          }
        });
  }

  @Test
  void shardsAreCutByTheFloorFormulas() {
    forAll(
        (plan, samples, batch, shards) -> {
          int most = 0;
          for (long step = 0; step < plan.stepsPerEpoch(); step++) {
            int b = plan.batchSamples(step);
            int used = b < 2 * shards ? Math.max(1, b / 2) : shards;
            assertEquals(used, plan.usedShards(step));
            for (int shard = 0; shard <= used; shard++) {
              long start = (long) Math.floor((double) shard * b / used);
              assertEquals(start, plan.shardStart(step, shard));
              if (shard > 0) {
                int size = plan.shardStart(step, shard) - plan.shardStart(step, shard - 1);
                assertTrue(size >= 1 && (size >= 2 || b == 1), "batch norm wants two: " + size);
                most = Math.max(most, size);
              }
            }
          }
          assertEquals(most, plan.largestShard(), samples + " " + batch + " " + shards);
        });
  }

  /** The place of each sample in the epoch's virtual sequence of rows. */
  private static int[] places(long seed, int epoch, int samples) {
    RandomStream random = new RandomStream(seed, Purpose.SHUFFLE_GROUPS);
    random.at(epoch, 0);
    int[] groups = random.permutation(samples);
    int[] places = new int[samples];
    for (int row = 0; row < samples; row++) {
      places[groups[row]] = row;
    }
    return places;
  }

  @Test
  void aShardHoldsRowsOfItsStreamWhereTheShardsDivideTheBatch() {
    for (int samples : new int[] {64, 207, 1000}) {
      for (int shards : new int[] {1, 2, 4, 8}) {
        BatchPlan plan = new BatchPlan(samples, 16, shards, 5);
        for (long step = 0; step < 2 * plan.stepsPerEpoch(); step++) {
          if (plan.batchSamples(step) < 16) {
            continue;
          }
          int[] places = places(5, plan.epoch(step), samples);
          int[] indices = batch(plan, step);
          for (int shard = 0; shard < shards; shard++) {
            for (int i = plan.shardStart(step, shard); i < plan.shardStart(step, shard + 1); i++) {
              int place = places[indices[i]];
              assertTrue(
                  place >= shard * samples / shards && place < (shard + 1) * samples / shards,
                  "row %s in shard %s of %s".formatted(place, shard, shards));
            }
          }
        }
      }
    }
  }

  /** Reading is sequential: a stream's rows come window by window, shuffled within. */
  @Test
  void windowsFollowEachOther() {
    int samples = 3 * 2 * RowGroups.WINDOW + 977;
    BatchPlan plan = new BatchPlan(samples, 64, 2, 5);
    int[] places = places(5, 0, samples);
    int[] given = new int[2];
    int outOfOrder = 0;
    int[] last = new int[2];
    for (int index : epoch(plan, 0)) {
      int place = places[index];
      int stream = place < samples / 2 ? 0 : 1;
      int within = place - stream * (samples / 2);
      assertEquals(given[stream] / RowGroups.WINDOW, within / RowGroups.WINDOW);
      outOfOrder += within < last[stream] ? 1 : 0;
      last[stream] = within;
      given[stream]++;
    }
    assertTrue(outOfOrder > samples / 3, "shuffled: " + outOfOrder);
    assertEquals(samples / 2, given[0]);
  }

  /** Steps take from all streams in turn, and yet each window's order is drawn once an epoch. */
  @Test
  void eachWindowIsDrawnOnceAnEpoch() {
    int samples = 3 * 2 * RowGroups.WINDOW + 977;
    List<String> draws = new ArrayList<>();
    BatchPlan.WindowDraw permutations = BatchPlan.permutations(5);
    BatchPlan plan =
        new BatchPlan(
            RowGroups.single(samples),
            100,
            3,
            5,
            (epoch, stream, number, rows) -> {
              draws.add(epoch + " " + stream + " " + number);
              return permutations.order(epoch, stream, number, rows);
            });
    epoch(plan, 0);
    epoch(plan, 1);
    List<String> expected = new ArrayList<>();
    for (int epoch = 0; epoch < 2; epoch++) {
      for (int number = 0; number < 3; number++) { // a stream has 8517 or 8518 rows
        for (int stream = 0; stream < 3; stream++) {
          expected.add(epoch + " " + stream + " " + number);
        }
      }
    }
    assertEquals(expected, draws);
  }

  @Test
  void neitherOrderNorRepetitionOfCallsMatters() {
    forAll(
        (plan, samples, batch, shards) -> {
          long steps = 3 * plan.stepsPerEpoch();
          BatchPlan used = new BatchPlan(samples, batch, shards, 42);
          for (long step = steps - 1; step >= 0; step -= 1 + steps / 50) {
            batch(used, step / 2);
            BatchPlan fresh = new BatchPlan(samples, batch, shards, 42);
            assertArrayEquals(batch(fresh, step), batch(used, step));
          }
        });
  }

  @Test
  void epochsSeedsAndShardsGiveOtherOrders() {
    BatchPlan plan = new BatchPlan(207, 16, 8, 42);
    int[] first = epoch(plan, 0);
    assertFalse(Arrays.equals(first, epoch(plan, 1)));
    assertFalse(Arrays.equals(first, epoch(new BatchPlan(207, 16, 8, 43), 0)));
    assertFalse(Arrays.equals(first, epoch(new BatchPlan(207, 16, 2, 42), 0)));
    assertFalse(Arrays.equals(first, IntStream.range(0, 207).toArray()));
  }

  /** Golden: the order is part of the numerics contract. */
  @Test
  @Tag("golden")
  void theOrderIsFixed() {
    assertEquals(
        "[2, 17, 8, 16, 10, 20, 9, 18, 0, 14, 11, 19, 13, 7, 4, 5, 6, 1, 3, 15, 12]",
        Arrays.toString(epoch(new BatchPlan(21, 8, 3, 42), 1)));
  }

  /** Far steps of large sets do not overflow. */
  @Test
  void largeNumbersFit() {
    BatchPlan plan = new BatchPlan(Integer.MAX_VALUE, Integer.MAX_VALUE, 65536, 1);
    assertEquals(1, plan.stepsPerEpoch());
    assertEquals(Integer.MAX_VALUE, plan.shardStart(0, 65536));
    assertEquals(32768, plan.largestShard());
    BatchPlan small = new BatchPlan(13, 1, 1, 1);
    assertEquals(1_000_000_000, small.epoch(13_000_000_000L));
    assertEquals(1, small.batchSamples(13_000_000_012L));
  }
}
