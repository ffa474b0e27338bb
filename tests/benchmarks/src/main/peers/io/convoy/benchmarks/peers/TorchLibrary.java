package io.convoy.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.benchmarks.predict.PeerLibrary;
import io.convoy.benchmarks.predict.PeerNetwork;
import io.convoy.tensor.Shape;
import java.util.Arrays;

/** Inference by PyTorch in its quicker memory format, channels-last. */
public final class TorchLibrary implements PeerLibrary {
  @Override
  public String name() {
    return Torch.NAME;
  }

  @Override
  public String version() {
    return Torch.version();
  }

  @Override
  public PeerNetwork prepare(NetworkProblem problem) {
    return new Prepared(problem);
  }

  private static final class Prepared implements PeerNetwork {
    private final NetworkProblem problem;
    private final NDManager manager = Torch.manager(1);
    private final TorchNetwork network;
    private final float[] images; // NHWC

    Prepared(NetworkProblem problem) {
      this.problem = problem;
      network =
          new TorchNetwork(
              problem.network(), problem.initialState(), manager, true, DataType.FLOAT32);
      images = new float[problem.batch() * problem.network().inputShape().elements()];
    }

    @Override
    public void put(int slot, byte[] pixels) {
      int size = problem.network().inputShape().elements();
      for (int i = 0; i < size; i++) {
        images[slot * size + i] = NetworkProblem.standardized(pixels[i]);
      }
    }

    @Override
    public float[][] logits(int count) {
      JniUtils.setGradMode(false); // of this thread
      Shape image = problem.network().inputShape();
      float[] batch =
          count == problem.batch() ? images : Arrays.copyOf(images, count * image.elements());
      try (NDManager step = manager.newSubManager()) {
        NDArray input =
            Torch.image(step, batch, count, image.height(), image.width(), image.channels(), true);
        float[] logits = network.forward((PtNDArray) input, false, step).toFloatArray();
        return Logits.rows(logits, count);
      }
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
