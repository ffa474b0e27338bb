package io.convoy.benchmarks.networks;

import io.convoy.benchmarks.timing.Tensors;
import io.convoy.execution.Execution;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Pass;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.train.LocalTrainer;
import io.convoy.train.TrainingMemory;
import java.util.ArrayList;
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

  /** Between a way and the version of the JDK whose process computes it. */
  private static final String ELSEWHERE = ", JDK ";

  private final List<Jdk> jdks;

  /** In this process alone. */
  ConvoyNetworks() {
    this(List.of());
  }

  /**
   * @param others JDKs, on each of which it computes all the same, in the same rounds; so does this
   *     one once more, as they do: a process with a heap of its own has a price that is no JDK's
   */
  ConvoyNetworks(List<Jdk> others) {
    List<Jdk> all = new ArrayList<>();
    if (!others.isEmpty()) {
      Jdk here = Jdk.here();
      all.add(here);
      others.stream().filter(jdk -> !jdk.version().equals(here.version())).forEach(all::add);
    }
    jdks = List.copyOf(all);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    return "%s kernels, %s lanes"
        .formatted(KernelProvider.kernels().name(), KernelProvider.kernels().lanes());
  }

  @Override
  public List<String> ways(Mode mode) {
    List<String> here =
        switch (mode) {
          case TRAINING -> List.of(ONE_SHARD, DEFAULT_SHARDS);
          case INFERENCE -> List.of(FORWARD);
        };
    List<String> ways = new ArrayList<>(here);
    for (Jdk jdk : jdks) {
      here.forEach(way -> ways.add(way + ELSEWHERE + jdk.version()));
    }
    return ways;
  }

  @Override
  public Step prepare(NetworkProblem problem, Mode mode, String way, int threads) {
    int elsewhere = way.indexOf(ELSEWHERE);
    if (elsewhere >= 0) {
      String version = way.substring(elsewhere + ELSEWHERE.length());
      return remote(problem, mode, way.substring(0, elsewhere), version, threads);
    }
    return switch (mode) {
      case TRAINING -> new Training(problem, recipe(problem, way), threads);
      case INFERENCE -> new Inference(problem, threads);
    };
  }

  @Override
  public boolean here(String way) {
    return !way.contains(ELSEWHERE);
  }

  private Step remote(NetworkProblem problem, Mode mode, String way, String version, int threads) {
    Jdk jdk = jdks.stream().filter(j -> j.version().equals(version)).findFirst().orElseThrow();
    long heap = heapBytes(problem, mode, way, threads);
    List<String> arguments =
        List.of(
            problem.name(),
            String.valueOf(problem.batch()),
            mode.name(),
            way,
            String.valueOf(threads));
    return new RemoteStep(
        NAME + ELSEWHERE + version,
        JavaCommand.of(jdk.java(), List.of("-Xmx" + heap), StepServer.class, arguments));
  }

  /** What its plans say, and a sixth more for G1, to which arrays of this size are humongous. */
  @Override
  public long heapBytes(NetworkProblem problem, Mode mode, String way, int threads) {
    long planned =
        switch (mode) {
          case TRAINING -> {
            yield TrainingMemory.of(recipe(problem, way), KernelProvider.kernels(), threads)
                .total();
          }
          case INFERENCE -> inferenceBytes(problem, threads);
        };
    return SMALL_HEAP / 2 + planned + planned / 6;
  }

  private static long inferenceBytes(NetworkProblem problem, int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      long state = (long) problem.network().layout().length() * Float.BYTES;
      return state
          + Execution.planInference(
                  problem.network(),
                  problem.batch(),
                  ConvolutionAlgorithm.AUTO,
                  KernelProvider.kernels(),
                  pool)
              .bytes();
    }
  }

  private static Recipe recipe(NetworkProblem problem, String way) {
    RecipeBuilder recipe = problem.recipe();
    return (way.startsWith(ONE_SHARD) ? recipe.shards(1) : recipe).build();
  }

  private static final class Training implements Step {
    private final LocalTrainer trainer;
    private long steps;

    Training(NetworkProblem problem, Recipe recipe, int threads) {
      PixelSource source = new PixelSource(problem, problem.batch());
      trainer = new LocalTrainer(recipe, source, KernelProvider.kernels(), threads);
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
          pool.closedOnFailure(
              () ->
                  Execution.inference(
                      problem.network(), problem.batch(), KernelProvider.kernels(), pool));
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
