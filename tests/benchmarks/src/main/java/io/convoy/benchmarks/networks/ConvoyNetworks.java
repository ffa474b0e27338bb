package io.convoy.benchmarks.networks;

import io.convoy.benchmarks.timing.Tensors;
import io.convoy.kernel.KernelProvider;
import io.convoy.kernel.WorkPool;
import io.convoy.layer.Pass;
import io.convoy.network.Execution;
import io.convoy.train.LocalTrainer;
import io.convoy.train.RecipeBuilder;
import java.util.List;

/**
 * Convoy itself: {@link LocalTrainer}'s step, which makes floats of the images' bytes, too; and a
 * forward pass as batch inference does it.
 */
final class ConvoyNetworks implements NetworkContender {
  static final String NAME = "convoy";

  private static final String ONE_SHARD = "1 shard";
  private static final String DEFAULT_SHARDS = "default shards";
  private static final String FORWARD = "forward";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    return "%s kernels, %d lanes"
        .formatted(KernelProvider.kernels().name(), KernelProvider.kernels().lanes());
  }

  @Override
  public List<String> ways(Mode mode) {
    return switch (mode) {
      case TRAINING -> List.of(ONE_SHARD, DEFAULT_SHARDS);
      case INFERENCE -> List.of(FORWARD);
    };
  }

  @Override
  public Step prepare(NetworkProblem problem, Mode mode, String way, int threads) {
    return switch (mode) {
      case TRAINING -> new Training(problem, way.equals(ONE_SHARD), threads);
      case INFERENCE -> new Inference(problem, threads);
    };
  }

  private static final class Training implements Step {
    private final LocalTrainer trainer;
    private long steps;

    Training(NetworkProblem problem, boolean oneShard, int threads) {
      RecipeBuilder recipe = oneShard ? problem.recipe().shards(1) : problem.recipe();
      PixelSource source = new PixelSource(problem, problem.batch());
      trainer = new LocalTrainer(recipe.build(), source, KernelProvider.kernels(), threads);
    }

    @Override
    public void run() {
      trainer.train(++steps, report -> {});
    }

    @Override
    public float[] logits() {
      throw new UnsupportedOperationException("a training step gives no logits");
    }

    @Override
    public void close() {
      trainer.close();
    }
  }

  private static final class Inference implements Step {
    private final WorkPool pool;
    private final Execution execution;
    private final Pass pass;

    Inference(NetworkProblem problem, int threads) {
      pool = new WorkPool(threads);
      execution =
          Execution.inference(problem.network(), problem.batch(), KernelProvider.kernels(), pool);
      Tensors.write(problem.input(), execution.input());
      execution.load(problem.initialState());
      pass = new Pass(problem.batch()).inference(problem.batch());
    }

    @Override
    public void run() {
      execution.forward(pass);
    }

    @Override
    public float[] logits() {
      return Tensors.read(execution.output());
    }

    @Override
    public void close() {
      pool.close();
    }
  }
}
