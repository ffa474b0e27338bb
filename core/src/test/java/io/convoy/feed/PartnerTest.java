package io.convoy.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whose image is mixed with whose. */
class PartnerTest {
  /** The plan's shards, asked one by one; any number of ranks sees the same partners. */
  @Test
  void partnersAreNeighboursInTheirShard() {
    for (int batchSize : new int[] {1, 3, 7, 16}) {
      for (int ranks = 1; ranks <= 4; ranks++) {
        BatchPlan plan = new BatchPlan(45, batchSize, 4, 42);
        ShardOrder order = new ShardOrder(plan, ranks, plan.stepsPerEpoch());
        for (long step = 0; step < plan.stepsPerEpoch(); step++) {
          int seen = 0;
          for (int rank = 0; rank < ranks; rank++) {
            Batch batch = order.batch(step, rank);
            seen += batch.samples();
            for (int position = batch.from(); position < batch.to(); position++) {
              assertEquals(partner(plan, step, position), batch.partner(position));
            }
          }
          assertEquals(plan.batchSamples(step), seen);
        }
      }
    }
  }

  private static int partner(BatchPlan plan, long step, int position) {
    int shard = 0;
    while (plan.shardStart(step, shard + 1) <= position) {
      shard++;
    }
    int start = plan.shardStart(step, shard);
    int samples = plan.shardStart(step, shard + 1) - start;
    return start + (position - start + 1) % samples;
  }

  @Test
  void eachSampleIsAPartnerOnce() {
    Batch batch = new Batch(0, 0, new int[9], new WindowId[9], new int[] {0, 4, 5, 9});
    int[] partners = IntStream.range(0, 9).map(batch::partner).toArray();
    assertEquals(9, IntStream.of(partners).distinct().count());
    assertEquals(4, batch.partner(4), "alone in its shard");
    assertTrue(batch.partner(3) == 0 && batch.partner(8) == 5);
  }
}
