package io.convoy.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.convoy.benchmarks.networks.Mode;
import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.benchmarks.networks.Step;

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
        new TorchNetwork(problem.network(), problem.initialState(), manager, channelsLast);
    long[] classes = new long[problem.batch()];
    for (int n = 0; n < classes.length; n++) {
      classes[n] = problem.label(n);
    }
    input = network.input(problem.input(), problem.batch());
    labels = manager.create(classes, new Shape(classes.length, 1));
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
    network.train(input, labels, NetworkProblem.RATE, NetworkProblem.MOMENTUM);
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
