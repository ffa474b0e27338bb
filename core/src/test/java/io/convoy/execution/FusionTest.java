package io.convoy.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.network.Network;
import io.convoy.network.StateLayout.Entry;
import io.convoy.operation.Pass;
import io.convoy.operation.PassKind;
import io.convoy.plan.ExecutionPlan;
import io.convoy.plan.PlanNetworks;
import io.convoy.plan.PlanRules;
import io.convoy.reference.GradientCheck;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.zoo.CifarResNet;
import io.convoy.zoo.LeNet;
import io.convoy.zoo.MobileNetV1;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Layers computed together, in place and on shared memory: the bits are those of each by itself.
 */
class FusionTest {
  private static final int SAMPLES = 5;
  private static final int CAPACITY = 7;
  private static final PlanRules PLAIN = new PlanRules(false, false);

  static Stream<Network> networks() {
    Stream<Network> named =
        Stream.of(
            PlanNetworks.branches(),
            PlanNetworks.fromTheInput(),
            PlanNetworks.followers(),
            PlanNetworks.heads(),
            PlanNetworks.auxiliary(),
            new CifarResNet(CifarResNet.Type.RESNET20, Shape.of(17, 15, 3), 5).network(),
            new MobileNetV1(Shape.of(32, 32, 3), 5, 0.25).network(),
            new LeNet(Shape.of(13, 15, 1), 5).network());
    return Stream.concat(
        Stream.concat(named, ExecutionTest.networks()),
        IntStream.range(0, 12).mapToObj(PlanNetworks::random));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aStepHasTheSameBits(Network network) {
    int expected = step(network, PLAIN, 1, 1, false);
    assertNotEquals(expected, step(network, PLAIN, 1, 2, false), "another input, another result");
    for (PlanRules rules : new PlanRules[] {PlanRules.ALL, new PlanRules(false, true)}) {
      assertEquals(expected, step(network, rules, 1, 1, true), rules::toString);
      assertEquals(expected, step(network, rules, 3, 1, true), rules::toString);
    }
    assertEquals(expected, step(network, new PlanRules(true, false), 2, 1, false));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void inferenceHasTheSameBits(Network network) {
    int expected = inference(network, PLAIN, 1);
    assertEquals(expected, inference(network, PlanRules.ALL, 1));
    assertEquals(expected, inference(network, PlanRules.ALL, 3));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void attributionHasTheSameBits(Network network) {
    int expected = attribution(network, PLAIN, 1);
    for (PlanRules rules : new PlanRules[] {PlanRules.ALL, new PlanRules(false, true)}) {
      assertEquals(expected, attribution(network, rules, 1), rules::toString);
      assertEquals(expected, attribution(network, rules, 3), rules::toString);
    }
  }

  /** The bits of the outputs, which are those of inference, and of what goes back to them. */
  private static int attribution(Network network, PlanRules rules, int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      ExecutionPlan plan = ExecutionPlan.of(network, CAPACITY, PassKind.ATTRIBUTION, rules);
      Execution execution = Execution.of(network, plan, KernelProvider.kernels(), pool);
      if (rules.reuses()) {
        spoil(plan, execution);
      }
      execution.load(state(network));
      int inputs = SAMPLES * network.inputShape().elements();
      GradientCheck.fill(execution.input(), SAMPLES, Numbers.array(1, inputs));
      Pass pass = new Pass(CAPACITY).inference(SAMPLES);
      execution.forward(pass);
      for (int k = 0; k < network.outputs().size(); k++) {
        Tensor dy = execution.outputGradient(k);
        GradientCheck.fill(dy, SAMPLES, Numbers.array(9 + k, SAMPLES * dy.shape().elements()));
      }
      execution.backward(pass, null);
      int bits = outputBits(network, execution);
      assertEquals(inference(network, rules, threads), bits);
      for (int k = 0; k < network.outputs().size(); k++) {
        bits = 31 * bits + bits(interior(execution.outputGradient(k)));
      }
      return 31 * bits + bits(interior(execution.inputGradient()));
    }
  }

  /**
   * The bits of the output and of all gradients of a second step, behind one over other samples.
   */
  private static int step(
      Network network, PlanRules rules, int threads, int input, boolean spoiled) {
    try (WorkPool pool = new WorkPool(threads)) {
      ExecutionPlan plan = ExecutionPlan.of(network, CAPACITY, PassKind.TRAINING, rules);
      Execution execution = Execution.of(network, plan, KernelProvider.kernels(), pool);
      if (spoiled) {
        spoil(plan, execution);
      }
      float[] gradient = new float[network.layout().length()];
      execution.load(state(network));
      pass(network, execution, CAPACITY, 3, gradient);
      Arrays.fill(gradient, Float.NaN);
      pass(network, execution, SAMPLES, input, gradient);
      return 31 * bits(gradient) + outputBits(network, execution);
    }
  }

  /** Puts NaN wherever the plan says that nobody relies on anything. */
  private static void spoil(ExecutionPlan plan, Execution execution) {
    for (int b = 0; b < plan.buffers().size(); b++) {
      Arrays.fill(execution.tensor(b).data(), Float.NaN);
    }
    for (int b = 0; b < plan.buffers().size(); b++) {
      for (int n = 0; n < CAPACITY && !plan.buffers().get(b).clears(); n++) {
        execution.tensor(b).clearHalo(n);
      }
    }
  }

  private static void pass(
      Network network, Execution execution, int samples, int input, float[] gradient) {
    int[] ids = Numbers.permutation(input, samples);
    Pass pass = new Pass(CAPACITY).training(samples, 5, 2, ids, 0);
    int inputs = samples * network.inputShape().elements();
    GradientCheck.fill(execution.input(), samples, Numbers.array(input, inputs));
    execution.forward(pass);
    for (int k = 0; k < network.trainingOutputs().size(); k++) {
      Tensor dy = execution.outputGradient(k);
      GradientCheck.fill(dy, samples, Numbers.array(9 + k, samples * dy.shape().elements()));
    }
    execution.backward(pass, gradient);
  }

  private static int inference(Network network, PlanRules rules, int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      ExecutionPlan plan = ExecutionPlan.of(network, CAPACITY, PassKind.INFERENCE, rules);
      Execution execution = Execution.of(network, plan, KernelProvider.kernels(), pool);
      if (rules.reuses()) {
        spoil(plan, execution);
      }
      execution.load(state(network));
      int inputs = SAMPLES * network.inputShape().elements();
      GradientCheck.fill(execution.input(), SAMPLES, Numbers.array(1, inputs));
      execution.forward(new Pass(CAPACITY).inference(SAMPLES));
      return outputBits(network, execution);
    }
  }

  private static int outputBits(Network network, Execution execution) {
    int bits = 0;
    for (int k = 0; k < network.outputs().size(); k++) {
      bits = 31 * bits + bits(interior(execution.output(k)));
    }
    return bits;
  }

  private static float[] interior(Tensor tensor) {
    float[] values = new float[SAMPLES * tensor.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.data()[GradientCheck.place(tensor, i)];
    }
    return values;
  }

  private static int bits(float[] values) {
    int hash = 1;
    for (float value : values) {
      assertEquals(value, value, "no NaN");
      hash = 31 * hash + Float.floatToRawIntBits(value);
    }
    return hash;
  }

  private static float[] state(Network network) {
    float[] state = network.layout().initialState(1);
    for (Entry entry : network.layout().entries()) {
      for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
        float change = 0.2f * Numbers.uniform(2, i);
        state[i] += entry.name().endsWith("running_var") ? Math.abs(change) : change;
      }
    }
    return state;
  }

  /** After it has looked, backward goes on as if it had not. */
  @Test
  void lookingForFaultsChangesNothing() {
    Network network = PlanNetworks.branches();
    try (WorkPool pool = new WorkPool(2)) {
      Execution execution = Execution.training(network, SAMPLES, KernelProvider.kernels(), pool);
      execution.load(state(network));
      float[] expected = new float[network.layout().length()];
      pass(network, execution, SAMPLES, 1, expected);
      Pass pass = new Pass(SAMPLES).training(SAMPLES, 5, 2, Numbers.permutation(1, SAMPLES), 0);
      execution.forward(pass);
      int outputs = SAMPLES * network.outputShape().elements();
      GradientCheck.fill(execution.outputGradient(), SAMPLES, Numbers.array(9, outputs));
      assertNull(execution.firstNonFinite(pass)[0]);
      float[] gradient = new float[expected.length];
      execution.backward(pass, gradient);
      assertEquals(bits(expected), bits(gradient));
    }
  }

  /** Of layers that are computed together, the first is named; one in place by its own name. */
  @Test
  void faultsAreNamedWhereActivationsAreGone() {
    assertEquals("normA", faulty("normA.bias"));
    assertEquals("normB", faulty("normB.weight"));
    assertEquals("convF", faulty("convF.bias"));
    assertEquals("hidden", faulty("hidden.bias"));
  }

  private static String faulty(String parameter) {
    Network network = PlanNetworks.branches();
    try (WorkPool pool = new WorkPool(1)) {
      Execution execution = Execution.training(network, SAMPLES, KernelProvider.kernels(), pool);
      float[] state = state(network);
      for (Entry entry : network.layout().entries()) {
        if (entry.name().equals(parameter)) {
          state[entry.offset()] = Float.POSITIVE_INFINITY;
        }
      }
      execution.load(state);
      pass(network, execution, SAMPLES, 1, new float[state.length]);
      Pass pass = new Pass(SAMPLES).training(SAMPLES, 5, 2, Numbers.permutation(1, SAMPLES), 0);
      return execution.firstNonFinite(pass)[0];
    }
  }
}
