package io.convoy.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.benchmarks.networks.PixelSource;
import io.convoy.feed.BatchPlan;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Activation;
import io.convoy.layer.Add;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Concat;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Elu;
import io.convoy.layer.Flatten;
import io.convoy.layer.Gelu;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.HardSigmoid;
import io.convoy.layer.HardSwish;
import io.convoy.layer.HardTanh;
import io.convoy.layer.LeakyRelu;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.layer.Relu6;
import io.convoy.layer.Selu;
import io.convoy.layer.Sigmoid;
import io.convoy.layer.Silu;
import io.convoy.layer.Tanh;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.Recipe;
import io.convoy.schedule.Constant;
import io.convoy.train.LocalTrainer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One network trained by Convoy and by PyTorch, from the same weights on the same batches: our
 * deviation from PyTorch in double is at most twice that of PyTorch in single precision.
 */
class SideBySideTest {
  private static final int THREADS = 2;
  private static final float RATE = 0.01f;
  private static final float DECAY = 0.01f;

  /** Every layer that PyTorch is told of. */
  @Test
  void allLayersMeanTheSame() {
    Network network =
        Network.input(13, 11, 3)
            .then("conv", Conv2d.of(8, 3).withPadding(Padding.SAME))
            .then("norm", BatchNorm2d.standard())
            .then("relu", new Relu())
            .then("pool", new MaxPool2d(Extent.square(3), Extent.square(2), Padding.of(1)))
            .then("grouped", Conv2d.of(8, 3).withGroups(2).withPadding(Padding.of(1)).withoutBias())
            .join("add", new Add(), "pool", "grouped")
            .then("leaky", new LeakyRelu(0.1f))
            .then("down", Conv2d.of(6, 3).withStride(2).withPadding(Padding.of(1)))
            .then("tanh", new Tanh())
            .from("leaky")
            .then("average", new AvgPool2d(Extent.square(3), Extent.square(2), Padding.of(1), true))
            .then("narrow", Conv2d.of(5, 3).withPadding(Padding.of(1)))
            .then("sigmoid", new Sigmoid())
            .join("concat", new Concat(), "tanh", "sigmoid")
            .then("wide", Conv2d.of(7, 3).withDilation(2).withPadding(Padding.of(2)))
            .then("mean", new GlobalAvgPool())
            .then("logits", Linear.of(5))
            .build();
    assertAsExactAsSinglePrecision(new NetworkProblem("layers", network, 12), 10);
  }

  @Test
  void allActivationsMeanTheSame() {
    Network.Builder network = Network.input(11, 9, 3);
    List<Activation> activations =
        List.of(
            Elu.standard(),
            Elu.of(0.5f),
            new Elu(0.5f, 1.25f),
            new Selu(),
            Gelu.standard(),
            new Gelu(Gelu.Approximation.TANH),
            new Silu(),
            new Relu6(),
            new HardSwish(),
            new HardTanh(-0.75f, 0.5f),
            HardSigmoid.standard());
    for (int i = 0; i < activations.size(); i++) {
      network
          .then("conv" + i, Conv2d.of(7, 3).withPadding(Padding.SAME))
          .then("norm" + i, BatchNorm2d.standard())
          .then("activation" + i, activations.get(i));
    }
    network.then("mean", new GlobalAvgPool()).then("logits", Linear.of(5));
    assertAsExactAsSinglePrecision(new NetworkProblem("activations", network.build(), 12), 10);
  }

  @Test
  @Tag("slow")
  void fiftyStepsOfLeNet() {
    assertAsExactAsSinglePrecision(NetworkProblem.named("lenet", 32), 50);
  }

  @Test
  @Tag("slow")
  void fiftyStepsOfResNet20() {
    assertAsExactAsSinglePrecision(NetworkProblem.named("resnet-20", 32), 50);
  }

  @Test
  void flattenIsInTheOrderOfPyTorch() {
    Network network =
        Network.input(5, 4, 3)
            .then("conv", Conv2d.of(4, 2))
            .then(new Flatten())
            .then("logits", Linear.of(3))
            .build();
    assertAsExactAsSinglePrecision(new NetworkProblem("flatten", network, 8), 5);
  }

  private static void assertAsExactAsSinglePrecision(NetworkProblem problem, int steps) {
    Recipe recipe =
        problem
            .recipe()
            .shards(1)
            .optimizer(new Sgd(NetworkProblem.MOMENTUM, false, DECAY, false))
            .schedule(new Constant(RATE, 0))
            .epochs(steps)
            .build();
    PixelSource source = new PixelSource(problem, 4 * problem.batch());
    double[] exact = torch(problem, recipe, source, steps, DataType.FLOAT64);
    double theirs = deviation(torch(problem, recipe, source, steps, DataType.FLOAT32), exact);
    double ours;
    try (LocalTrainer trainer =
        new LocalTrainer(recipe, source, KernelProvider.kernels(), THREADS)) {
      trainer.train(steps, report -> {});
      float[] state = trainer.state().arrays().get(0);
      double[] wide = new double[state.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = state[i];
      }
      ours = deviation(wide, exact);
    }
    System.out.printf(
        Locale.ROOT,
        "%s, %d steps: Convoy is off by %.3e, PyTorch in single precision by %.3e%n",
        problem.name(),
        steps,
        ours,
        theirs);
    assertTrue(
        ours <= 2 * theirs,
        () -> "Convoy is off by %s, PyTorch in single precision by %s".formatted(ours, theirs));
  }

  private static double[] torch(
      NetworkProblem problem, Recipe recipe, PixelSource source, int steps, DataType precision) {
    BatchPlan plan = BatchPlan.of(recipe, source.size());
    int[] indices = new int[problem.batch()];
    try (NDManager manager = Torch.manager(THREADS)) {
      TorchNetwork network =
          new TorchNetwork(
              problem.network(),
              problem.network().layout().initialState(recipe.seed()),
              manager,
              false,
              precision);
      for (int step = 0; step < steps; step++) {
        plan.indices(step, indices);
        network.train(
            network.input(problem.input(indices), indices.length),
            Torch.labels(manager, problem, indices),
            RATE,
            NetworkProblem.MOMENTUM,
            DECAY);
      }
      return network.state();
    }
  }

  /** The root mean square of the differences. */
  private static double deviation(double[] state, double[] exact) {
    double squares = 0;
    for (int i = 0; i < exact.length; i++) {
      squares += (state[i] - exact[i]) * (state[i] - exact[i]);
    }
    return Math.sqrt(squares / exact.length);
  }
}
