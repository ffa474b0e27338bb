package io.convoy.execution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Add;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Concat;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.Sigmoid;
import io.convoy.layer.Tanh;
import io.convoy.network.Network;
import io.convoy.network.StateLayout.Entry;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.operation.Pass;
import io.convoy.operation.PassCapacity;
import io.convoy.reference.GradientCheck;
import io.convoy.reference.Images;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole graphs: fan-outs, halos shared by readers of different padding. */
class ExecutionTest {
  private static final int SAMPLES = 3;

  private static Conv2d conv(int channels, int kernel) {
    return Conv2d.of(channels, kernel);
  }

  static Stream<Network> networks() {
    return Stream.concat(sums(), branches());
  }

  private static Stream<Network> sums() {
    return Stream.of(
        // one activation read with padding 0, 1, 3 and by a stride
        Network.input(9, 7, 3)
            .then("stem", conv(6, 1))
            .then("narrow", conv(5, 3).withPadding(Padding.SAME))
            .join("wide", conv(5, 7).withPadding(Padding.of(3)), "stem")
            .join("one", conv(5, 1), "stem")
            .join("sum", new Add(), "narrow", "wide", "one")
            .then(conv(4, 3).withStride(2).withPadding(Padding.of(1)))
            .build(),
        // the same input twice, and a chain of sums
        Network.input(5, 7, 3)
            .then("stem", conv(6, 1))
            .join("twice", new Add(), "stem", "stem")
            .join("thrice", new Add(), "twice", "stem", "twice")
            .then(conv(3, 3).withPadding(Padding.of(4)))
            .build(),
        // a strided and a padded reader of one sum; dense layers that branch
        Network.input(9, 9, 1)
            .then("stem", conv(6, 3).withPadding(Padding.SAME))
            .then("norm", new BatchNorm2d(0.05f, 0.1f))
            .join("sum", new Add(), "stem", "norm")
            .then("down", conv(4, 3).withStride(2).withPadding(Padding.SAME))
            .join(
                "depthwise",
                conv(6, 3).withGroups(6).withStride(2).withPadding(Padding.SAME),
                "sum")
            .then("project", conv(4, 1).withoutBias())
            .join("join", new Add(), "project", "down")
            .then("flatten", new Flatten())
            .then("left", Linear.of(7))
            .join("right", Linear.of(7), "flatten")
            .join("both", new Add(), "left", "right")
            .then("dropout", new Dropout(0.25f))
            .then("logits", Linear.of(3))
            .build());
  }

  /** Joined channels, the input read twice, several outputs. */
  private static Stream<Network> branches() {
    return Stream.of(
        // branches of several depths side by side, poolings; an input joined twice. Smooth
        // activations only: over the corner of a rectifier a difference is no derivative
        Network.input(9, 7, 3)
            .then("stem", conv(6, 3).withPadding(Padding.SAME))
            .then("tanh", new Tanh())
            .then("pool", new AvgPool2d(Extent.square(3), Extent.square(1), Padding.SAME, false))
            .join("wide", conv(5, 3).withPadding(Padding.SAME), "tanh")
            .then("sigmoid", new Sigmoid())
            .join("side", new Concat(), "tanh", "pool", "sigmoid", "tanh")
            .then("narrow", conv(7, 3))
            .join("half", AvgPool2d.of(2), "side")
            .then("mean", new GlobalAvgPool())
            .join("all", new GlobalAvgPool(), "narrow")
            .join("features", new Concat(), "mean", "all")
            .then("logits", Linear.of(3))
            .build(),
        // the network's input itself is read twice
        Network.input(5, 7, 3)
            .then("a", conv(4, 3).withPadding(Padding.SAME))
            .join("b", conv(4, 5).withPadding(Padding.SAME), "input")
            .join("sum", new Add(), "a", "b")
            .build(),
        // several outputs, of which others read two; smooth activations only
        Network.input(7, 6, 3)
            .then("stem", conv(6, 3).withPadding(Padding.SAME))
            .then("tanh", new Tanh())
            .then("next", conv(5, 3).withPadding(Padding.SAME))
            .then("sigmoid", new Sigmoid())
            .join("side", conv(4, 3), "tanh")
            .output("sigmoid")
            .output("side")
            .output("tanh")
            .output("next")
            .build());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientsAreThoseOfCentralDifferences(Network network) {
    try (WorkPool pool = new WorkPool(2)) {
      Execution execution = training(network, pool);
      Pass pass = pass();
      float[] state = state(network);
      List<float[]> projections = projections(network);
      float[] gradient = gradient(execution, pass, state, projections);
      GradientCheck check =
          new GradientCheck(
              () -> {
                execution.load(state);
                execution.forward(pass);
                double sum = 0;
                for (int k = 0; k < projections.size(); k++) {
                  sum += GradientCheck.project(execution.output(k), SAMPLES, projections.get(k));
                }
                return sum;
              });
      for (Entry entry : network.layout().trained()) {
        check.check(entry.name(), state, gradient, entry.offset(), entry.length());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void threadsChangeNoBit(Network network) {
    float[] state = state(network);
    List<float[]> projections = projections(network);
    float[] one;
    try (WorkPool pool = new WorkPool(1)) {
      one = gradient(training(network, pool), pass(), state, projections);
    }
    try (WorkPool pool = new WorkPool(3)) {
      Execution execution = training(network, pool);
      assertArrayEquals(one, gradient(execution, pass(), state, projections));
      assertArrayEquals(one, gradient(execution, pass(), state, projections), "and again");
    }
  }

  /** Of what is frozen with all before it no gradient is computed; the others are the same. */
  @ParameterizedTest
  @MethodSource("networks")
  void aBackwardPassEndsAtTheFirstLayerThatIsTrained(Network network) {
    float[] state = positive(network, state(network));
    List<float[]> projections = projections(network);
    List<Entry> entries = network.layout().entries();
    String first = layerOf(entries.get(0));
    String last = layerOf(entries.get(entries.size() - 1));
    try (WorkPool pool = new WorkPool(2)) {
      Execution execution = training(network, pool);
      execution.freeze(name -> name.startsWith(last) || name.startsWith(first) ? 0 : 3);
      float[] all = gradient(execution, pass(), state, projections);
      execution.freeze(name -> name.startsWith(last) ? 0 : 3); // the pass is of epoch 2
      float[] some = gradient(execution, pass(), state, projections);
      for (Entry entry : entries) {
        for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
          boolean trained = layerOf(entry).equals(last);
          assertEquals(trained ? all[i] : Float.NaN, some[i], entry.name());
          assertFalse(Float.isNaN(all[i]), entry.name());
        }
      }
      execution.freeze(name -> name.startsWith(last) ? 0 : 2);
      float[] thawed = gradient(execution, pass(), state, projections);
      assertArrayEquals(gradient(training(network, pool), pass(), state, projections), thawed);
    }
  }

  private static String layerOf(Entry entry) {
    return entry.name().substring(0, entry.name().lastIndexOf('.') + 1);
  }

  private static float[] positive(Network network, float[] state) {
    for (Entry entry : network.layout().entries()) {
      if (entry.name().endsWith("running_var")) {
        Arrays.fill(state, entry.offset(), entry.offset() + entry.length(), 0.7f);
      }
    }
    return state;
  }

  private static Execution training(Network network, WorkPool pool) {
    Execution execution = Execution.training(network, SAMPLES + 2, KernelProvider.kernels(), pool);
    GradientCheck.fill(
        execution.input(), SAMPLES, Numbers.array(1, SAMPLES * network.inputShape().elements()));
    return execution;
  }

  private static Pass pass() {
    return new Pass(SAMPLES + 2).training(SAMPLES, 5, 2, new int[] {9, 4, 7, 1}, 1);
  }

  private static float[] state(Network network) {
    float[] state = Numbers.array(2, network.layout().length());
    float[] initial = network.layout().initialState(1);
    for (int i = 0; i < state.length; i++) {
      state[i] = 0.5f * state[i] + initial[i];
    }
    return state;
  }

  private static float[] gradient(
      Execution execution, Pass pass, float[] state, List<float[]> projections) {
    float[] gradient = new float[state.length];
    Arrays.fill(gradient, Float.NaN);
    execution.load(state);
    execution.forward(pass);
    for (int k = 0; k < projections.size(); k++) {
      GradientCheck.fill(execution.outputGradient(k), SAMPLES, projections.get(k));
    }
    execution.backward(pass, gradient);
    return gradient;
  }

  /** Weights of a sum over all outputs, output by output. */
  private static List<float[]> projections(Network network) {
    return network.outputs().stream()
        .map(output -> Numbers.array(3, SAMPLES * output.shape().elements()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void inferenceOfOneSampleIsThatOfMany(Network network) {
    float[] state = positive(network, state(network));
    float[] input = Numbers.array(1, SAMPLES * network.inputShape().elements());
    int length = network.inputShape().elements();
    try (WorkPool pool = new WorkPool(2)) {
      Execution many = Execution.inference(network, SAMPLES, KernelProvider.kernels(), pool);
      Execution one = Execution.inference(network, 1, KernelProvider.kernels(), pool);
      many.load(state);
      one.load(state);
      GradientCheck.fill(many.input(), SAMPLES, input);
      many.forward(new Pass(SAMPLES).inference(SAMPLES));
      double[] all = Images.of(many.output(), SAMPLES).data();
      int outputs = network.outputShape().elements();
      for (int n = 0; n < SAMPLES; n++) {
        GradientCheck.fill(one.input(), 1, Arrays.copyOfRange(input, n * length, (n + 1) * length));
        one.forward(new Pass(1).inference(1));
        assertArrayEquals(
            Arrays.copyOfRange(all, n * outputs, (n + 1) * outputs),
            Images.of(one.output(), 1).data());
      }
    }
  }

  @Test
  void theFirstFaultyLayerIsNamed() {
    Network network = networks().findFirst().orElseThrow();
    try (WorkPool pool = new WorkPool(1)) {
      Execution execution = training(network, pool);
      Pass pass = pass();
      float[] state = state(network);
      execution.load(state);
      execution.forward(pass);
      assertNull(execution.firstNonFinite(pass)[0]);
      Entry wide =
          network.layout().entries().stream()
              .filter(entry -> entry.name().equals("wide.bias"))
              .findFirst()
              .orElseThrow();
      state[wide.offset() + 2] = Float.POSITIVE_INFINITY;
      execution.load(state);
      execution.forward(pass);
      assertEquals("wide", execution.firstNonFinite(pass)[0]);
    }
  }

  @Test
  void faultsAreThoseOfAShard() {
    Network network = networks().findFirst().orElseThrow();
    PassCapacity capacity = new PassCapacity(5, 3, 2, 5);
    try (WorkPool pool = new WorkPool(2)) {
      Execution execution =
          Execution.training(
              network, capacity, ConvolutionAlgorithm.AUTO, KernelProvider.kernels(), pool);
      execution.load(state(network));
      Tensor input = execution.input();
      input.data()[input.at(2, 0, 0)] = Float.NaN; // the first sample of the second shard
      Pass pass = new Pass(5).training(5, 2, new int[] {9, 4, 7, 1, 3, 8}, 1, 3, 4, 6);
      execution.forward(pass);
      String[] faulty = execution.firstNonFinite(pass);
      assertNull(faulty[0]);
      assertEquals(network.nodes().get(0).name(), faulty[1]);
      assertNull(faulty[2]);
    }
  }
}
