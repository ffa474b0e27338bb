package io.convoy.benchmarks.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.benchmarks.predict.ProblemModel;
import io.convoy.format.onnx.OnnxExport;
import io.convoy.network.Network;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A network in the hands of ONNX Runtime, with all of its optimisations of a graph: from the file
 * that Convoy exports. Its threads may spin while a batch is computed, which is how it is quickest,
 * and sleep when that is done.
 */
final class OnnxSession implements AutoCloseable {
  static final String NAME = "ONNX Runtime";

  private static final String STOP_SPINNING = "session.force_spinning_stop";

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final Shape image;
  private final FloatBuffer images; // NCHW
  private final OrtSession session;

  OnnxSession(NetworkProblem problem, int threads) {
    image = problem.network().inputShape();
    images =
        ByteBuffer.allocateDirect(problem.batch() * image.elements() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.addConfigEntry(STOP_SPINNING, "1");
      session = open(problem, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses " + problem.name(), e);
    }
  }

  static String version() {
    return OrtEnvironment.getEnvironment().getVersion();
  }

  private OrtSession open(NetworkProblem problem, OrtSession.SessionOptions options)
      throws IOException, OrtException {
    Path file = Files.createTempFile("convoy", ".onnx");
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        OnnxExport.write(ProblemModel.of(problem), "", out);
      }
      return environment.createSession(file.toString(), options);
    } finally {
      Files.delete(file);
    }
  }

  /** Puts an image into the next batch: a value of HWC at each index. */
  void put(int slot, Values values) {
    int plane = image.height() * image.width();
    for (int c = 0; c < image.channels(); c++) {
      int to = (slot * image.channels() + c) * plane;
      for (int i = 0; i < plane; i++) {
        images.put(to + i, values.at(i * image.channels() + c));
      }
    }
  }

  /** Values by their index. */
  interface Values {
    float at(int index);
  }

  /** The logits of the first images, one after the other. */
  float[] logits(int count) {
    long[] shape = {count, image.channels(), image.height(), image.width()};
    FloatBuffer batch = images.duplicate().limit(count * image.elements());
    try (OnnxTensor input = OnnxTensor.createTensor(environment, batch, shape);
        OrtSession.Result result = session.run(Map.of(Network.INPUT, input))) {
      FloatBuffer logits = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[logits.remaining()];
      logits.get(values);
      return values;
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
