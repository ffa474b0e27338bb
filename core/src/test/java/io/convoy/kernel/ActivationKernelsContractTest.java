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

  @ParameterizedTest
  @MethodSource("providers")
  void ramp(ActivationKernels kernels) {
    ElementwiseContract.check(
        "ramp",
        2,
        new int[] {1},
        v -> new float[] {ActivationFormulas.ramp(v[0], 0.3f, 0.1f, 0.7f)},
        (a, s, n) -> kernels.ramp(a[0], s[0], 0.3f, 0.1f, 0.7f, a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void rampGradient(ActivationKernels kernels) {
    ElementwiseContract.check(
        "rampGradient",
        3,
        new int[] {2},
        v -> new float[] {v[0] > 0 && v[0] < 0.7f ? 0.3f * v[1] : 0f},
        (a, s, n) -> kernels.rampGradient(a[0], s[0], a[1], s[1], 0.3f, 0.7f, a[2], s[2], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void elu(ActivationKernels kernels) {
    ElementwiseContract.check(
        "elu",
        2,
        new int[] {1},
        v -> new float[] {ActivationFormulas.elu(v[0], 1.1f, 0.7f)},
        (a, s, n) -> kernels.elu(a[0], s[0], 1.1f, 0.7f, a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void eluGradient(ActivationKernels kernels) {
    ElementwiseContract.check(
        "eluGradient",
        3,
        new int[] {2},
        v -> new float[] {v[1] * (v[0] > 0 ? 1.1f : v[0] + 0.7f)},
        (a, s, n) -> kernels.eluGradient(a[0], s[0], a[1], s[1], 1.1f, 0.7f, a[2], s[2], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void silu(ActivationKernels kernels) {
    ElementwiseContract.check(
        "silu",
        2,
        new int[] {1},
        v -> new float[] {ActivationFormulas.silu(v[0])},
        (a, s, n) -> kernels.silu(a[0], s[0], a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void siluGradient(ActivationKernels kernels) {
    ElementwiseContract.check(
        "siluGradient",
        3,
        new int[] {2},
        v -> new float[] {v[1] * ActivationFormulas.siluSlope(v[0])},
        (a, s, n) -> kernels.siluGradient(a[0], s[0], a[1], s[1], a[2], s[2], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void gelu(ActivationKernels kernels) {
    ElementwiseContract.check(
        "gelu",
        2,
        new int[] {1},
        v -> new float[] {ActivationFormulas.gelu(v[0])},
        (a, s, n) -> kernels.gelu(a[0], s[0], a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void geluGradient(ActivationKernels kernels) {
    ElementwiseContract.check(
        "geluGradient",
        3,
        new int[] {2},
        v -> new float[] {v[1] * ActivationFormulas.geluSlope(v[0])},
        (a, s, n) -> kernels.geluGradient(a[0], s[0], a[1], s[1], a[2], s[2], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void geluTanh(ActivationKernels kernels) {
    ElementwiseContract.check(
        "geluTanh",
        2,
        new int[] {1},
        v -> new float[] {ActivationFormulas.geluTanh(v[0])},
        (a, s, n) -> kernels.geluTanh(a[0], s[0], a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void geluTanhGradient(ActivationKernels kernels) {
    ElementwiseContract.check(
        "geluTanhGradient",
        3,
        new int[] {2},
        v -> new float[] {v[1] * ActivationFormulas.geluTanhSlope(v[0])},
        (a, s, n) -> kernels.geluTanhGradient(a[0], s[0], a[1], s[1], a[2], s[2], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void hardSwish(ActivationKernels kernels) {
    ElementwiseContract.check(
        "hardSwish",
        2,
        new int[] {1},
        v -> new float[] {ActivationFormulas.hardSwish(v[0])},
        (a, s, n) -> kernels.hardSwish(a[0], s[0], a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void hardSwishGradient(ActivationKernels kernels) {
    ElementwiseContract.check(
        "hardSwishGradient",
        3,
        new int[] {2},
        v -> new float[] {v[1] * ActivationFormulas.hardSwishSlope(v[0])},
        (a, s, n) -> kernels.hardSwishGradient(a[0], s[0], a[1], s[1], a[2], s[2], n));
  }
}
