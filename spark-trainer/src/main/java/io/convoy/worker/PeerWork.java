package io.convoy.worker;

import io.convoy.exchange.MeasuringOwner;
import io.convoy.exchange.PeerExchange;
import io.convoy.feed.BatchPlan;
import io.convoy.kernel.WorkPool;
import io.convoy.train.ChunkSums;
import io.convoy.train.ChunkUpdate;
import io.convoy.train.ShardSums;
import io.convoy.train.ShardWorker;
import io.convoy.train.StepWork;
import java.util.List;

/**
 * One rank's part of a step among its peers: its share of the shards, its chunks. The threads of
 * the passes have nothing else to do while chunks are updated, and share them out.
 */
public final class PeerWork implements StepWork<InterruptedException> {
  private final BatchPlan plan;
  private final ShardWorker worker;
  private final PeerExchange exchange;

  /**
   * @param worker of this rank
   * @param exchange with its peers
   */
  public PeerWork(BatchPlan plan, ShardWorker worker, PeerExchange exchange) {
    this.plan = plan;
    this.worker = worker;
    this.exchange = exchange;
  }

  @Override
  public int ranks() {
    return exchange.ranks();
  }

  @Override
  public ShardSums gradients(long step, float[] weights) {
    return worker.shards().sums(step, exchange.rank(), weights);
  }

  @Override
  public void update(long step, ShardSums sums, ChunkUpdate update, float[] weights)
      throws InterruptedException {
    int used = plan.usedShards(step);
    double[] figures = sums.figures();
    WorkPool pool = worker.pool();
    if (update.rounds() == 0) {
      exchange.step(
          step,
          used,
          sums.vectors(),
          figures,
          weights,
          (chunks, state) -> update.finish(chunks, state, pool));
    } else {
      exchange.stepInRounds(step, used, sums.vectors(), figures, weights, new Rounds(update, pool));
    }
    worker.shards().release(sums);
  }

  /** The update as the exchange wants it where it has rounds. */
  private record Rounds(ChunkUpdate update, WorkPool pool) implements MeasuringOwner {
    @Override
    public int rounds() {
      return update.rounds();
    }

    @Override
    public int figuresPerChunk() {
      return update.figuresPerChunk();
    }

    @Override
    public void measure(List<ChunkSums> chunks, float[] state, double[] figures) {
      update.measure(chunks, state, figures, pool);
    }

    @Override
    public void measureAgain(int[] chunks, float[] state, double[] figures) {
      update.measureAgain(chunks, state, figures, pool);
    }

    @Override
    public void combine(double[] figures) {
      update.combine(figures, pool);
    }

    @Override
    public void apply(int[] chunks, float[] state) {
      update.apply(chunks, state, pool);
    }
  }
}
