package io.convoy.benchmarks.networks;

import io.convoy.exchange.PeerExchange;
import io.convoy.feed.BatchPlan;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.network.StateLayout;
import io.convoy.recipe.Recipe;
import io.convoy.train.LocalTrainer;
import io.convoy.train.OwnedChunks;
import io.convoy.train.ShardWorker;
import io.convoy.train.TrainingLoop;
import io.convoy.train.TrainingState;
import io.convoy.worker.PeerWork;
import java.util.List;

/**
 * The step of {@code convoy train} with one executor, in the rounds of Convoy's other ways: what an
 * executor does in a segment, without Spark around it. It should take as long as {@link
 * LocalTrainer}'s at the same number of shards.
 */
final class ExecutorNetworks implements NetworkContender {
  @Override
  public String name() {
    return "executor";
  }

  @Override
  public String version() {
    return "an exchange of one rank";
  }

  @Override
  public List<String> ways(Mode mode) {
    return switch (mode) {
      case TRAINING -> List.of("default shards");
      case INFERENCE -> List.of();
    };
  }

  @Override
  public Step prepare(NetworkProblem problem, Mode mode, String way, int threads) {
    return new Training(problem, threads);
  }

  private static final class Training implements Step {
    private final TrainingLoop loop;
    private final ShardWorker worker;
    private final PeerExchange exchange;
    private final PeerWork work;

    Training(NetworkProblem problem, int threads) {
      Recipe recipe = problem.recipe().build();
      StateLayout layout = problem.network().layout();
      PixelSource source = new PixelSource(problem, problem.batch());
      BatchPlan plan = BatchPlan.of(recipe, source.rowGroups());
      TrainingState start = LocalTrainer.initialState(recipe);
      OwnedChunks all = OwnedChunks.all(layout);
      loop =
          new TrainingLoop(
              recipe, plan, all, 0, start.weights(), start.slots(), KernelProvider.kernels());
      worker = new ShardWorker(recipe, plan, source, KernelProvider.kernels(), threads, 1, 0);
      exchange = PeerExchange.alone(layout.chunks());
      work = new PeerWork(plan, worker, exchange);
    }

    @Override
    public void run() {
      try {
        worker.shards().prepare(loop.step(), 0, loop.weights());
        loop.train(loop.step() + 1, 1, work, report -> {});
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    @Override
    public float[] logits() {
      throw new UnsupportedOperationException("a training step gives no logits");
    }

    @Override
    public void close() {
      exchange.close();
      worker.close();
    }
  }
}
