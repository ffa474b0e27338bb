package io.convoy.benchmarks.peers;

import io.convoy.benchmarks.networks.Mode;
import io.convoy.benchmarks.networks.NetworkContender;
import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.benchmarks.networks.Step;
import java.util.List;

/** Inference of networks by ONNX Runtime, which reads them from the files that Convoy exports. */
public final class OnnxNetworks implements NetworkContender {
  @Override
  public String name() {
    return OnnxSession.NAME;
  }

  @Override
  public String version() {
    return OnnxSession.version();
  }

  @Override
  public List<String> ways(Mode mode) {
    return switch (mode) {
      case TRAINING -> List.of();
      case INFERENCE -> List.of("exported");
    };
  }

  @Override
  public Step prepare(NetworkProblem problem, Mode mode, String way, int threads) {
    return new Inference(problem, threads);
  }

  /** The weights are there twice while they are exported. */
  @Override
  public long heapBytes(NetworkProblem problem, Mode mode, String way, int threads) {
    return SMALL_HEAP + 2L * problem.network().layout().length() * Float.BYTES;
  }

  private static final class Inference implements Step {
    private final OnnxSession session;
    private final int batch;
    private float[] logits;

    Inference(NetworkProblem problem, int threads) {
      session = new OnnxSession(problem, threads);
      batch = problem.batch();
      float[] input = problem.input();
      int sample = problem.network().inputShape().elements();
      for (int n = 0; n < batch; n++) {
        int from = n * sample;
        session.put(n, i -> input[from + i]);
      }
    }

    @Override
    public void run() {
      logits = session.logits(batch);
    }

    @Override
    public float[] logits() {
      return logits;
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
