package io.convoy.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import io.convoy.benchmarks.curves.PeerTraining;
import io.convoy.benchmarks.curves.TrainingPeer;
import io.convoy.error.ConvoyException;
import io.convoy.loss.SoftmaxCrossEntropy;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.Recipe;
import java.util.stream.IntStream;

/** Trainings by PyTorch: cross-entropy, SGD with momentum and coupled weight decay. */
public final class TorchTraining implements TrainingPeer {
  @Override
  public String name() {
    return Torch.NAME;
  }

  @Override
  public String version() {
    return Torch.version();
  }

  @Override
  public PeerTraining start(Recipe recipe, float[] state, int threads) {
    if (!recipe.loss().equals(SoftmaxCrossEntropy.PLAIN)
        || !(recipe.optimizer() instanceof Sgd sgd)
        || sgd.nesterov()
        || sgd.decayNormAndBias()) {
      throw ConvoyException.usage(
          "PyTorch is given plain cross-entropy and sgd with momentum, without nesterov and"
              + " decayNormAndBias; got %s and %s",
          recipe.loss(), recipe.optimizer());
    }
    return new Training(recipe, sgd, state, threads);
  }

  private static final class Training implements PeerTraining {
    private final NDManager manager;
    private final TorchNetwork network;
    private final Sgd sgd;

    Training(Recipe recipe, Sgd sgd, float[] state, int threads) {
      this.sgd = sgd;
      manager = Torch.manager(threads);
      network = new TorchNetwork(recipe.network(), state, manager, true, DataType.FLOAT32);
    }

    @Override
    public double step(float[] images, int[] labels, float rate) {
      long[] classes = IntStream.of(labels).asLongStream().toArray();
      try (PtNDArray input = network.input(images, labels.length);
          NDArray targets = manager.create(classes, new Shape(classes.length, 1))) {
        return network.train(input, targets, rate, sgd.momentum(), sgd.weightDecay());
      }
    }

    @Override
    public float[] state() {
      double[] state = network.state();
      float[] values = new float[state.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) state[i];
      }
      return values;
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
