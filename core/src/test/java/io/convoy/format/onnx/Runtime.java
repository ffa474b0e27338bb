package io.convoy.format.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** ONNX Runtime: an implementation of ONNX that shares nothing with Convoy. */
final class Runtime {
  private Runtime() {}

  /**
   * What it makes of samples.
   *
   * @param model a file
   * @param nchw samples one after the other, each as CHW
   * @param shape of {@code nchw}
   * @return each output, sample after sample
   */
  static List<float[]> outputs(byte[] model, float[] nchw, long... shape) {
    return outputs(
        (environment, options) -> environment.createSession(model, options), nchw, shape);
  }

  /** Likewise of a file that may be too large for memory. */
  static List<float[]> outputs(Path model, float[] nchw, long... shape) {
    return outputs(
        (environment, options) -> environment.createSession(model.toString(), options),
        nchw,
        shape);
  }

  private interface Opening {
    OrtSession session(OrtEnvironment environment, OrtSession.SessionOptions options)
        throws OrtException;
  }

  private static List<float[]> outputs(Opening opening, float[] nchw, long... shape) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = opening.session(environment, options);
          OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(nchw), shape);
          OrtSession.Result result =
              session.run(Map.of(session.getInputNames().iterator().next(), input))) {
        List<float[]> outputs = new ArrayList<>();
        for (Map.Entry<String, ?> output : result) {
          FloatBuffer values = ((OnnxTensor) output.getValue()).getFloatBuffer();
          float[] array = new float[values.remaining()];
          values.get(array);
          outputs.add(array);
        }
        return outputs;
      }
    } catch (OrtException e) {
      throw new AssertionError("ONNX Runtime refuses: " + e.getMessage(), e);
    }
  }
}
