package io.convoy.format.onnx;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.data.augment.UnitRange;
import io.convoy.execution.Execution;
import io.convoy.inference.Model;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.network.Network;
import io.convoy.network.StateLayout;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Pass;
import io.convoy.recipe.Preprocessing;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Networks with weights of any kind, what Convoy makes of samples, and their files. */
final class Networks {
  private Networks() {}

  /** Weights as a training starts with them, and biases, scales and averages that are no 0 or 1. */
  static float[] state(Network network) {
    float[] state = network.layout().initialState(7);
    int draw = 0;
    for (StateLayout.Entry entry : network.layout().entries()) {
      float from =
          switch (entry.parameter().role()) {
            case WEIGHT -> Float.NaN;
            case BIAS -> entry.parameter().name().equals("weight") ? 0.75f : -0.25f;
            case RUNNING_MEAN -> -0.25f;
            case RUNNING_VARIANCE -> 0.75f;
          };
      for (int i = 0; i < entry.length() && !Float.isNaN(from); i++) {
        state[entry.offset() + i] = from + unit(draw++) / 2;
      }
    }
    return state;
  }

  /** A number in [0, 1). */
  static float unit(int draw) {
    return (Numbers.bits(11, draw) >>> 40) * 0x1p-24f;
  }

  /** Samples as CHW, one after the other, with numbers in [-1, 1). */
  static float[] samples(Shape shape, int count) {
    float[] samples = new float[count * shape.elements()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 2 * unit(i) - 1;
    }
    return samples;
  }

  static Model model(Network network, float[] state) {
    Shape input = network.inputShape();
    return new Model(
        "test",
        network,
        state,
        new Preprocessing(
            input.height(),
            input.width(),
            input.channels(),
            null,
            null,
            new UnitRange(),
            List.of()),
        ConvolutionAlgorithm.AUTO);
  }

  static byte[] exported(Network network, float[] state) {
    return exported(model(network, state));
  }

  static byte[] exported(Model model) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      OnnxExport.write(model, "test", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** What Convoy makes of samples: each output, images as CHW, sample after sample. */
  static List<float[]> outputs(Network network, float[] state, float[] nchw) {
    int count = nchw.length / network.inputShape().elements();
    Kernels kernels = KernelProvider.kernels();
    try (WorkPool pool = new WorkPool(2)) {
      Execution execution =
          Execution.inference(network, count, ConvolutionAlgorithm.AUTO, kernels, pool);
      execution.load(state);
      write(nchw, execution.input());
      execution.forward(new Pass(count).inference(count));
      List<float[]> outputs = new ArrayList<>();
      for (int k = 0; k < network.outputs().size(); k++) {
        outputs.add(read(execution.output(k), count));
      }
      return outputs;
    }
  }

  private static void write(float[] nchw, Tensor to) {
    Shape shape = to.shape();
    int i = 0;
    for (int n = 0; n < nchw.length / shape.elements(); n++) {
      for (int c = 0; c < shape.channels(); c++) {
        for (int h = 0; h < shape.height(); h++) {
          for (int w = 0; w < shape.width(); w++) {
            to.data()[to.at(n, h, w) + c] = nchw[i++];
          }
        }
      }
    }
  }

  private static float[] read(Tensor from, int count) {
    Shape shape = from.shape();
    float[] values = new float[count * shape.elements()];
    int i = 0;
    for (int n = 0; n < count; n++) {
      for (int c = 0; c < shape.channels(); c++) {
        for (int h = 0; h < shape.height(); h++) {
          for (int w = 0; w < shape.width(); w++) {
            values[i++] = from.data()[from.at(n, h, w) + c];
          }
        }
      }
    }
    return values;
  }

  /** The large networks would take minutes without vectors, and show nothing more. */
  static void requireVectors() {
    assumeTrue(KernelProvider.kernels().lanes() > 1, "large networks are run with vectors alone");
  }
}
