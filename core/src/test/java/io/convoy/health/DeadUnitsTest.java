package io.convoy.health;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.execution.Execution;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.network.StateLayout;
import io.convoy.operation.Pass;
import io.convoy.plan.PlanNetworks;
import io.convoy.reference.GradientCheck;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.zoo.CifarResNet;
import io.convoy.zoo.LeNet;
import io.convoy.zoo.MobileNetV2;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeadUnitsTest {
  private static final int SAMPLES = 5;
  private static final int CAPACITY = 7;

  /** Rectifiers alone, in place, behind convolutions, fused with norms, sums and maxima. */
  static Stream<Network> networks() {
    Stream<Network> named =
        Stream.of(
            PlanNetworks.branches(),
            PlanNetworks.followers(),
            PlanNetworks.heads(),
            PlanNetworks.auxiliary(),
            new CifarResNet(CifarResNet.Type.RESNET20, Shape.of(16, 16, 3), 5).network(),
            new MobileNetV2(Shape.of(32, 32, 3), 5, 0.25).network(),
            new LeNet(Shape.of(28, 28, 1), 5).network());
    return Stream.concat(named, IntStream.range(0, 8).mapToObj(PlanNetworks::random));
  }

  /** Each rectifier's output by itself, as an output of the network, which nothing overwrites. */
  @ParameterizedTest
  @MethodSource("networks")
  void sharesAreThoseOfEachOutputByItself(Network network) {
    Map<String, Double> expected = new LinkedHashMap<>();
    for (Node node : network.trainingNodes()) {
      if (DeadUnits.rectifies(node)) {
        expected.put(node.name(), share(network, node.name()));
      }
    }
    DeadUnits dead = new DeadUnits(network);
    try (WorkPool pool = new WorkPool(2)) {
      Execution execution = execution(network, pool);
      execution.forward(pass(network, execution, 1), dead.over(SAMPLES));
    }
    assertEquals(expected, dead.shares());
  }

  @Test
  void someAreDeadAndSomeAreNot() {
    Network network = new LeNet(Shape.of(28, 28, 1), 5).network();
    List<Double> shares =
        network.trainingNodes().stream()
            .filter(DeadUnits::rectifies)
            .map(node -> share(network, node.name()))
            .toList();
    assertTrue(shares.stream().anyMatch(share -> share > 0 && share < 1), shares::toString);
  }

  /** Of several passes, one that sees a channel alive is enough. */
  @Test
  void passesAddUp() {
    Network network = new LeNet(Shape.of(28, 28, 1), 5).network();
    DeadUnits both = new DeadUnits(network);
    DeadUnits first = new DeadUnits(network);
    try (WorkPool pool = new WorkPool(1)) {
      Execution execution = execution(network, pool);
      float[] none = new float[network.layout().length()]; // all is zero
      execution.load(none);
      execution.forward(pass(network, execution, 1), both.over(SAMPLES));
      both.shares().forEach((name, share) -> assertEquals(1, share, name));
      execution.load(state(network));
      execution.forward(pass(network, execution, 2), both.over(SAMPLES));
      execution.forward(pass(network, execution, 2), first.over(SAMPLES));
    }
    assertEquals(first.shares(), both.shares());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void whoeverLooksChangesNoBit(Network network) {
    assertArrayEquals(gradient(network, false), gradient(network, true));
  }

  private static float[] gradient(Network network, boolean watched) {
    float[] gradient = new float[network.layout().length()];
    try (WorkPool pool = new WorkPool(2)) {
      Execution execution = execution(network, pool);
      Pass pass = pass(network, execution, 3);
      if (watched) {
        execution.forward(pass, new DeadUnits(network).over(SAMPLES));
      } else {
        execution.forward(pass);
      }
      for (int k = 0; k < network.trainingOutputs().size(); k++) {
        Tensor dy = execution.outputGradient(k);
        GradientCheck.fill(dy, SAMPLES, Numbers.array(9 + k, SAMPLES * dy.shape().elements()));
      }
      execution.backward(pass, gradient);
    }
    return gradient;
  }

  private static double share(Network network, String rectifier) {
    Network told = network.withOutput(rectifier);
    List<String> outputs = told.trainingOutputs().stream().map(Node::name).toList();
    try (WorkPool pool = new WorkPool(1)) {
      Execution execution = execution(told, pool);
      execution.forward(pass(told, execution, 1));
      Tensor output = execution.output(outputs.indexOf(rectifier));
      int channels = output.shape().channels();
      long dead = IntStream.range(0, channels).filter(channel -> isDead(output, channel)).count();
      return (double) dead / channels;
    }
  }

  private static boolean isDead(Tensor output, int channel) {
    Shape shape = output.shape();
    for (int n = 0; n < SAMPLES; n++) {
      for (int pixel = 0; pixel < shape.height() * shape.width(); pixel++) {
        int at = output.at(n, pixel / shape.width(), pixel % shape.width());
        if (output.data()[at + channel] != 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static Execution execution(Network network, WorkPool pool) {
    Execution execution = Execution.training(network, CAPACITY, KernelProvider.kernels(), pool);
    execution.load(state(network));
    return execution;
  }

  private static Pass pass(Network network, Execution execution, int input) {
    int inputs = SAMPLES * network.inputShape().elements();
    GradientCheck.fill(execution.input(), SAMPLES, Numbers.array(input, inputs));
    return new Pass(CAPACITY).training(SAMPLES, 5, 2, Numbers.permutation(input, SAMPLES), 0);
  }

  /** Every second bias, of layers and of norms, holds its channel below zero. */
  private static float[] state(Network network) {
    float[] state = Numbers.array(4, network.layout().length());
    for (StateLayout.Entry entry : network.layout().trained()) {
      if (entry.name().endsWith(".bias")) {
        for (int i = entry.offset(); i < entry.offset() + entry.length(); i += 2) {
          Arrays.fill(state, i, i + 1, -50f);
        }
      }
    }
    return state;
  }
}
