package io.convoy.benchmarks.peers;

import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.benchmarks.predict.PeerLibrary;
import io.convoy.benchmarks.predict.PeerNetwork;

/** Batch inference by ONNX Runtime, on one thread of each task. */
public final class OnnxLibrary implements PeerLibrary {
  @Override
  public String name() {
    return OnnxSession.NAME;
  }

  @Override
  public String version() {
    return OnnxSession.version();
  }

  @Override
  public PeerNetwork prepare(NetworkProblem problem) {
    return new Prepared(new OnnxSession(problem, 1));
  }

  private record Prepared(OnnxSession session) implements PeerNetwork {
    @Override
    public void put(int slot, byte[] pixels) {
      session.put(slot, i -> NetworkProblem.standardized(pixels[i]));
    }

    @Override
    public float[][] logits(int count) {
      return Logits.rows(session.logits(count), count);
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
