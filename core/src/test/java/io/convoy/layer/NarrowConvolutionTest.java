package io.convoy.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.kernel.provider.KernelProvider;
import io.convoy.operation.Window;
import io.convoy.reference.ForkedJava;
import io.convoy.reference.Images;
import io.convoy.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bits of convolutions of few channels are those of plain loops, whoever computes them. */
class NarrowConvolutionTest {
  private static final int SLICE = 128;
  private static final int CHUNK = 128;

  /** Slices of about equal length, each from zero; the bias is added to the first of them. */
  @ParameterizedTest
  @MethodSource("io.convoy.layer.Conv2dTest#narrowProblems")
  void outputsAreSlicesOfTermsInOrder(String line) {
    try (LayerRig rig = Problem.parse(line).rig()) {
      Images y = rig.forward();
      Loops loops = new Loops(rig);
      int slices = (loops.terms + SLICE - 1) / SLICE;
      for (int pixel = 0; pixel < loops.pixels; pixel++) {
        for (int o = 0; o < y.channels(); o++) {
          float expected = loops.bias(o);
          for (int slice = 0; slice < slices; slice++) {
            float sum = 0;
            int until = (slice + 1) * loops.terms / slices;
            for (int term = slice * loops.terms / slices; term < until; term++) {
              sum = Math.fma(loops.input(pixel, term), loops.weight(o, term), sum);
            }
            expected = sum + expected;
          }
          assertEquals(expected, loops.at(rig.output, pixel, o), line + " pixel " + pixel);
        }
      }
    }
  }

  /** Chunks of pixels, each from zero; so few that each is a piece by itself. */
  @ParameterizedTest
  @MethodSource("io.convoy.layer.Conv2dTest#narrowProblems")
  void gradientsAreChunksOfPixelsInOrder(String line) {
    try (LayerRig rig = Problem.parse(line).rig()) {
      rig.backward();
      Loops loops = new Loops(rig);
      for (int o = 0; o < rig.output.shape().channels(); o++) {
        for (int term = 0; term < loops.terms; term++) {
          float expected = 0;
          for (int first = 0; first < loops.pixels; first += CHUNK) {
            float sum = 0;
            for (int pixel = first; pixel < Math.min(loops.pixels, first + CHUNK); pixel++) {
              float gradient = loops.at(rig.outputGradient, pixel, o);
              sum = Math.fma(gradient, loops.input(pixel, term), sum);
            }
            expected += sum;
          }
          assertEquals(expected, rig.gradient[loops.place(o, term)], line + " term " + term);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "4", "8", "16"})
  void lanesChangeNoBit(String provider) throws Exception {
    assumeTrue(
        KernelProvider.kernels().name().equals("simd"), "compared once, in the run with simd");
    assertEquals(Hashes.all(), ForkedJava.withKernels(provider, Hashes.class));
  }

  /** What another JVM computes. */
  static final class Hashes {
    private Hashes() {}

    static String all() {
      StringBuilder hashes = new StringBuilder();
      Conv2dTest.narrowProblems()
          .forEach(
              line -> {
                try (LayerRig rig = Problem.parse(line).rig()) {
                  rig.backward();
                  double[] y = Images.of(rig.output, rig.samples).data();
                  hashes.append(Arrays.hashCode(y)).append(' ');
                  hashes.append(Arrays.hashCode(rig.gradient)).append(' ');
                }
              });
      return hashes.toString().trim();
    }

    public static void main(String[] arguments) {
      System.out.println(all());
    }
  }

  /** Where the terms of a window are: rows of taps, taps, channels. */
  private static final class Loops {
    final int terms;
    final int pixels;
    private final LayerRig rig;
    private final Conv2d layer;
    private final Window window;
    private final int channels;

    Loops(LayerRig rig) {
      this.rig = rig;
      layer = (Conv2d) rig.layer;
      window = layer.window(rig.inputs.get(0).shape());
      channels = rig.inputs.get(0).shape().channels();
      terms = layer.kernel().height() * layer.kernel().width() * channels;
      pixels = rig.samples * window.outputHeight() * window.outputWidth();
    }

    float input(int pixel, int term) {
      int tap = term / channels;
      int row = pixel / window.outputWidth() % window.outputHeight();
      int column = pixel % window.outputWidth();
      int down = tap / layer.kernel().width() * layer.dilation().height();
      int across = tap % layer.kernel().width() * layer.dilation().width();
      int h = row * layer.stride().height() + down - window.padTop();
      int w = column * layer.stride().width() + across - window.padLeft();
      int n = pixel / window.outputWidth() / window.outputHeight();
      Tensor x = rig.inputs.get(0);
      return x.data()[x.at(n, h, w) + term % channels];
    }

    float at(Tensor tensor, int pixel, int channel) {
      int n = pixel / window.outputWidth() / window.outputHeight();
      int h = pixel / window.outputWidth() % window.outputHeight();
      return tensor.data()[tensor.at(n, h, pixel % window.outputWidth()) + channel];
    }

    /** Where a weight is in the state: OIHW. */
    int place(int output, int term) {
      int taps = terms / channels;
      return rig.offsets[0] + (output * channels + term % channels) * taps + term / channels;
    }

    float weight(int output, int term) {
      return rig.state[place(output, term)];
    }

    float bias(int output) {
      return layer.bias() ? rig.state[rig.offsets[1] + output] : 0f;
    }
  }
}
