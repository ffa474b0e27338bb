package io.convoy.kernel;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link FusedKernels}, held against its formulas element by element. */
class FusedKernelsContractTest {
  static Stream<FusedKernels> providers() {
    return Providers.all().map(Kernels::fused);
  }

  private static float relu(float x) {
    return Float.isNaN(x) || x > 0 ? x : 0f;
  }

  private static float behindRelu(float y, float dy) {
    return y > 0 ? dy : 0f;
  }

  @ParameterizedTest
  @MethodSource("providers")
  void addRelu(FusedKernels fused) {
    ElementwiseContract.check(
        "addRelu",
        3,
        new int[] {2},
        v -> new float[] {relu(v[0] + v[1])},
        (a, s, n) -> fused.addRelu(a[0], s[0], a[1], s[1], a[2], s[2], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void aSumMayLieOnItsTerm(FusedKernels fused) {
    ElementwiseContract.check(
        "addRelu over a term",
        2,
        new int[] {1},
        v -> new float[] {relu(v[0] + v[1])},
        (a, s, n) -> fused.addRelu(a[0], s[0], a[1], s[1], a[1], s[1], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void addReluGradient(FusedKernels fused) {
    ElementwiseContract.check(
        "addReluGradient",
        3,
        new int[] {2},
        v -> new float[] {behindRelu(v[0], v[1]) + v[2]},
        (a, s, n) -> fused.addReluGradient(a[0], s[0], a[1], s[1], a[2], s[2], n));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void normalizeRelu(FusedKernels fused) {
    ElementwiseContract.check(
        "normalizeRelu",
        5,
        new int[] {4},
        v -> new float[] {relu(Math.fma(v[0] - v[1], v[2], v[3]))},
        (a, s, n) -> fused.normalizeRelu(a[0], s[0], a[1], a[2], a[3], a[4], s[4], n),
        1,
        2,
        3);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void normalizeAddRelu(FusedKernels fused) {
    ElementwiseContract.check(
        "normalizeAddRelu",
        6,
        new int[] {5},
        v -> new float[] {relu(Math.fma(v[0] - v[1], v[2], v[3]) + v[4])},
        (a, s, n) ->
            fused.normalizeAddRelu(a[0], s[0], a[1], a[2], a[3], a[4], s[4], a[5], s[5], n),
        1,
        2,
        3);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void addProductsRelu(FusedKernels fused) {
    ElementwiseContract.check(
        "addProductsRelu",
        6,
        new int[] {4, 5},
        v -> {
          float gradient = behindRelu(v[0], v[1]);
          return new float[] {gradient + v[4], Math.fma(gradient, v[2] - v[3], v[5])};
        },
        (a, s, n) -> fused.addProductsRelu(a[0], s[0], a[1], s[1], a[2], s[2], a[3], a[4], a[5], n),
        3,
        4,
        5);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void normalizeGradientRelu(FusedKernels fused) {
    ElementwiseContract.check(
        "normalizeGradientRelu",
        8,
        new int[] {7},
        v -> {
          float centred = Math.fma(v[5], v[2] - v[3], v[6]);
          return new float[] {Math.fma(v[4], behindRelu(v[0], v[1]), centred)};
        },
        (a, s, n) ->
            fused.normalizeGradientRelu(
                a[0], s[0], a[1], s[1], a[2], s[2], a[3], a[4], a[5], a[6], a[7], s[7], n),
        3,
        4,
        5,
        6);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void addProductsNormalizeRelu(FusedKernels fused) {
    ElementwiseContract.check(
        "addProductsNormalizeRelu",
        7,
        new int[] {5, 6},
        v -> {
          float gradient = behindRelu(relu(Math.fma(v[1] - v[2], v[3], v[4])), v[0]);
          return new float[] {gradient + v[5], Math.fma(gradient, v[1] - v[2], v[6])};
        },
        (a, s, n) ->
            fused.addProductsNormalizeRelu(a[0], s[0], a[1], s[1], a[2], a[3], a[4], a[5], a[6], n),
        2,
        3,
        4,
        5,
        6);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void normalizeReluGradient(FusedKernels fused) {
    ElementwiseContract.check(
        "normalizeReluGradient",
        8,
        new int[] {7},
        v -> {
          float gradient = behindRelu(relu(Math.fma(v[1] - v[2], v[3], v[4])), v[0]);
          return new float[] {Math.fma(v[3], gradient, Math.fma(v[5], v[1] - v[2], v[6]))};
        },
        (a, s, n) ->
            fused.normalizeReluGradient(
                a[0], s[0], a[1], s[1], a[2], a[3], a[4], a[5], a[6], a[7], s[7], n),
        2,
        3,
        4,
        5,
        6);
  }
}
