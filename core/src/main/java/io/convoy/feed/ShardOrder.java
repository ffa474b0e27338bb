package io.convoy.feed;

import io.convoy.shard.Share;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The samples of a training's steps, as the batch plan orders them; each rank loads those of its
 * shards.
 *
 * @param plan not used by anyone else in the meantime for what is for one thread at a time
 * @param ranks N, among which the shards are shared out, at least 1
 * @param batches steps that are done here for one rank; 0 where that is not known
 */
public record ShardOrder(BatchPlan plan, int ranks, long batches) implements SampleOrder {
  @Override
  public Batch batch(long step, int rank) {
    int[] rows = new int[plan.batchSamples(step)];
    plan.indices(step, rows);
    Share own = Share.of(rank, plan.usedShards(step), ranks);
    return new Batch(
        step,
        plan.epoch(step),
        rows,
        plan.windows(step),
        IntStream.rangeClosed(own.from(), own.to())
            .map(shard -> plan.shardStart(step, shard))
            .toArray());
  }

  @Override
  public int[] rows(WindowId window) {
    return plan.rows(window);
  }

  @Override
  public Optional<WindowId> next(WindowId window) {
    return plan.next(window);
  }

  @Override
  public boolean isOver(WindowId window, long step) {
    return plan.isOver(window, step);
  }
}
