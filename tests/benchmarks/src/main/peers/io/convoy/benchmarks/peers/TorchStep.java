package io.convoy.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.convoy.benchmarks.networks.Mode;
import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.benchmarks.networks.Step;
import java.util.stream.IntStream;

/**
 * A batch through PyTorch. Training is what a plain training loop does: forward, cross-entropy,
 * autograd with fresh gradients, SGD with momentum in place.
 */
final class TorchStep implements Step {
  private final NDManager manager;
  private final TorchNetwork network;
  private final Mode mode;
  private final PtNDArray input;
  private final NDArray labels;
  private float[] logits;

  TorchStep(NetworkProblem problem, Mode mode, boolean channelsLast, int threads) {
    this.mode = mode;
    manager = Torch.manager(threads);
    network =
        new TorchNetwork(
            problem.network(), problem.initialState(), manager, channelsLast, DataType.FLOAT32);
    input = network.input(problem.input(), problem.batch());
    labels = Torch.labels(manager, problem, IntStream.range(0, problem.batch()).toArray());
  }

  @Override
  public void run() {
    switch (mode) {
      case TRAINING -> train();
      case INFERENCE -> infer();
    }
  }

  private void infer() {
    JniUtils.setGradMode(false);
    try (NDManager step = manager.newSubManager()) {
      logits = network.forward(Torch.in(step, input), false, step).toFloatArray();
    }
  }

  private void train() {
    network.train(input, labels, NetworkProblem.RATE, NetworkProblem.MOMENTUM, 0);
  }

  @Override
  public float[] logits() {
    return logits;
  }

  @Override
  public void close() {
    manager.close();
  }
}
