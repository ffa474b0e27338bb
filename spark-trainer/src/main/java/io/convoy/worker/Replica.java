package io.convoy.worker;

import io.convoy.data.SampleSource;
import io.convoy.exchange.PeerExchange;
import io.convoy.feed.BatchPlan;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.recipe.Recipe;
import io.convoy.train.OwnedChunks;
import io.convoy.train.ShardWorker;
import io.convoy.train.StepListener;
import io.convoy.train.TrainingLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * One rank's copy of a training: the weights, all of them; the optimizer's state and the averaged
 * weights of the chunks that it owns; the planned buffers. Between segments it waits in {@link
 * Replicas}.
 */
final class Replica implements AutoCloseable {
  private final OwnedChunks owned;
  private final BatchPlan plan;
  private final TrainingLoop loop;
  private final List<float[]> slots;
  private final ShardWorker worker;

  /**
   * @param ranks N
   * @param step that it stands at
   * @param weights of all chunks, or of own ones until the peers bring the others
   * @param slots the optimizer's state and averaged weights of own chunks
   */
  Replica(
      Assignment assignment,
      Recipe recipe,
      OwnedChunks owned,
      int ranks,
      long step,
      float[] weights,
      List<float[]> slots) {
    this.owned = owned;
    this.slots = slots;
    SampleSource source = assignment.split(recipe).training();
    plan = BatchPlan.of(recipe, source.rowGroups());
    Kernels kernels = KernelProvider.kernels();
    loop = new TrainingLoop(recipe, plan, owned, step, weights, slots, kernels);
    worker = // last: has threads
        new ShardWorker(
            recipe, plan, source, kernels, assignment.threads(), ranks, plan.steps(recipe));
  }

  /** The arrays of own chunks: this rank's share of what the next segment starts from. */
  List<float[]> ownArrays() {
    List<float[]> arrays = new ArrayList<>();
    arrays.add(owned.gather(loop.weights()));
    arrays.addAll(slots);
    return arrays;
  }

  /** Has all ranks bring each other the weights that they own. */
  void distribute(PeerExchange exchange) throws InterruptedException {
    exchange.distribute(loop.weights());
  }

  /**
   * Trains in step with the peers until {@code until} steps are done.
   *
   * @param validated what validation has left of the learning rate, for all of these steps
   * @throws io.convoy.error.ConvoyException of kind DIVERGED, at all ranks alike but for those that
   *     see another one leave over it; RESOURCE when a peer is lost
   */
  void train(long until, double validated, PeerExchange exchange, StepListener listener)
      throws InterruptedException {
    worker.shards().prepare(loop.step(), exchange.rank(), loop.weights());
    loop.train(until, validated, new PeerWork(plan, worker, exchange), listener);
  }

  @Override
  public void close() {
    worker.close();
  }
}
