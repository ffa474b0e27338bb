package io.convoy.benchmarks.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.benchmarks.predict.PeerLibrary;
import io.convoy.benchmarks.predict.PeerNetwork;
import io.convoy.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** Inference by ONNX Runtime, with all of its optimisations of a graph. */
public final class OnnxLibrary implements PeerLibrary {
  @Override
  public String name() {
    return "ONNX Runtime";
  }

  @Override
  public String version() {
    return OrtEnvironment.getEnvironment().getVersion();
  }

  @Override
  public PeerNetwork prepare(NetworkProblem problem) {
    try {
      return new Prepared(problem);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses " + problem.name(), e);
    }
  }

  private static final class Prepared implements PeerNetwork {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final Shape image;
    private final FloatBuffer images; // NCHW

    Prepared(NetworkProblem problem) throws OrtException {
      image = problem.network().inputShape();
      images =
          ByteBuffer.allocateDirect(problem.batch() * image.elements() * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        byte[] model = new OnnxGraph(problem.network(), problem.initialState()).model();
        session = environment.createSession(model, options);
      }
    }

    @Override
    public void put(int slot, byte[] pixels) {
      int plane = image.height() * image.width();
      for (int c = 0; c < image.channels(); c++) {
        int to = (slot * image.channels() + c) * plane;
        for (int i = 0; i < plane; i++) {
          images.put(to + i, NetworkProblem.standardized(pixels[i * image.channels() + c]));
        }
      }
    }

    @Override
    public float[][] logits(int count) {
      long[] shape = {count, image.channels(), image.height(), image.width()};
      FloatBuffer batch = images.duplicate().limit(count * image.elements());
      try (OnnxTensor input = OnnxTensor.createTensor(environment, batch, shape);
          OrtSession.Result result = session.run(Map.of(OnnxGraph.INPUT, input))) {
        return (float[][]) result.get(0).getValue();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime fails", e);
      }
    }

    @Override
    public void close() {
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime does not end", e);
      }
    }
  }
}
