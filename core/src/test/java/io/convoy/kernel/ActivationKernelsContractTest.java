package io.convoy.kernel;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link ActivationKernels}, held against its formulas element by element. */
class ActivationKernelsContractTest {
  static Stream<ActivationKernels> providers() {
    return Providers.all().map(Kernels::activations);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void relu(ActivationKernels kernels) {
    ElementwiseContract.check(
        "relu",
        2,
        new int[] {1},
        v -> new float[] {Float.isNaN(v[0]) ? v[0] : v[0] > 0 ? v[0] : 0f},
        (a, s, n) -> kernels.relu(a[0], s[0], a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void reluGradient(ActivationKernels kernels) {
    ElementwiseContract.check(
        "reluGradient",
        3,
        new int[] {2},
        v -> new float[] {v[0] > 0 ? v[1] : 0f},
        (a, s, n) -> kernels.reluGradient(a[0], s[0], a[1], s[1], a[2], s[2], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void leakyRelu(ActivationKernels kernels) {
    ElementwiseContract.check(
        "leakyRelu",
        2,
        new int[] {1},
        v -> new float[] {v[0] > 0 ? v[0] : 0.01f * v[0]},
        (a, s, n) -> kernels.leakyRelu(a[0], s[0], 0.01f, a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void leakyReluGradient(ActivationKernels kernels) {
    ElementwiseContract.check(
        "leakyReluGradient",
        3,
        new int[] {2},
        v -> new float[] {v[0] > 0 ? v[1] : 0.01f * v[1]},
        (a, s, n) -> kernels.leakyReluGradient(a[0], s[0], a[1], s[1], 0.01f, a[2], s[2], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void sigmoid(ActivationKernels kernels) {
    ElementwiseContract.check(
        "sigmoid",
        2,
        new int[] {1},
        v -> new float[] {FloatMath.sigmoid(v[0])},
        (a, s, n) -> kernels.sigmoid(a[0], s[0], a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void sigmoidGradient(ActivationKernels kernels) {
    ElementwiseContract.check(
        "sigmoidGradient",
        3,
        new int[] {2},
        v -> new float[] {v[1] * Math.fma(-v[0], v[0], v[0])},
        (a, s, n) -> kernels.sigmoidGradient(a[0], s[0], a[1], s[1], a[2], s[2], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void tanh(ActivationKernels kernels) {
    ElementwiseContract.check(
        "tanh",
        2,
        new int[] {1},
        v -> new float[] {FloatMath.tanh(v[0])},
        (a, s, n) -> kernels.tanh(a[0], s[0], a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void tanhGradient(ActivationKernels kernels) {
    ElementwiseContract.check(
        "tanhGradient",
        3,
        new int[] {2},
        v -> new float[] {v[1] * Math.fma(-v[0], v[0], 1f)},
        (a, s, n) -> kernels.tanhGradient(a[0], s[0], a[1], s[1], a[2], s[2], n));
  }
}
