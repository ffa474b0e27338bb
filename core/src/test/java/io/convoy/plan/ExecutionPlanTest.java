package io.convoy.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.layer.Add;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.operation.Fusion;
import io.convoy.operation.Padding;
import io.convoy.operation.PassKind;
import io.convoy.zoo.Architecture;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plan as data: what is fused, who lives when, and that nobody treads on another. */
class ExecutionPlanTest {
  private static final int RANDOM = 300;

  private static Network residual() {
    return Network.input(6, 4, 2)
        .then("stem", Conv2d.of(4, 3).withPadding(Padding.SAME))
        .then("norm", BatchNorm2d.standard())
        .then("relu", new Relu())
        .then("conv", Conv2d.of(4, 3).withPadding(Padding.SAME))
        .then("norm2", BatchNorm2d.standard())
        .join("sum", new Add(), "norm2", "relu")
        .then("relu2", new Relu())
        .then("end", Conv2d.of(3, 1))
        .build();
  }

  private static String groups(ExecutionPlan plan) {
    return plan.steps().stream().map(ExecutionPlanTest::name).collect(Collectors.joining(" "));
  }

  private static String name(PlannedStep step) {
    return String.join("+", step.group().nodes().stream().map(Node::name).toList());
  }

  @Test
  void aBlockIsThreeKindsOfSteps() {
    ExecutionPlan plan = ExecutionPlan.of(residual(), 2, PassKind.TRAINING, PlanRules.ALL);
    assertEquals("stem norm+relu conv norm2+sum+relu2 end", groups(plan));
    StepGroup sum = plan.steps().get(3).group();
    assertEquals(new Fusion(true, true), sum.fusion());
    assertEquals(List.of("conv", "relu"), sum.inputs());
    assertEquals("relu2", sum.output());
    assertEquals(4, sum.index());
    assertEquals(new Fusion(false, true), plan.steps().get(1).group().fusion());
  }

  /** Five steps: forward at 0 to 4, backward at 10 to 6. */
  @Test
  void livesAreThoseOfAStepByHand() {
    ExecutionPlan plan = ExecutionPlan.of(residual(), 2, PassKind.TRAINING, PlanRules.ALL);
    List<String> lives =
        plan.buffers().stream()
            .map(b -> "%s %s-%s halo %s".formatted(b.name(), b.first(), b.last(), b.halo()))
            .toList();
    assertEquals(
        List.of(
            "input 0-10 halo 1",
            "stem 0-9 halo 0", // the norm's backward reads it
            "relu 1-9 halo 1", // its own rectifier does
            "conv 2-7 halo 0",
            "relu2 3-7 halo 0", // its own rectifier is asked for after its reader
            "end 4-10 halo 0",
            // gradients, as they come about going backward
            "end 0-10 halo 0", // the caller's
            "relu2 6-10 halo 1", // then that of relu, then that of stem
            "conv 7-8 halo 1",
            "relu 8-8 halo 0"), // conv's part of the gradient of relu
        lives);
    PlannedStep sum = plan.steps().get(3);
    assertEquals(sum.outputGradient(), sum.inputGradients().get(1), "written over");
    assertEquals(List.of(new PlannedStep.Sum(9, 7)), plan.steps().get(2).sums());
  }

  @Test
  void offsetsAreTheTightestGaps() {
    ExecutionPlan plan = ExecutionPlan.of(residual(), 2, PassKind.TRAINING, PlanRules.ALL);
    // the framed ones are 2 x 8 x 6 x 4 floats and 15 x 4 + 64 to spare, those of end 2 x 6 x 4 x 3
    assertEquals(
        List.of(288, 320, 512, 320, 320, 256, 256, 512, 512, 320),
        plan.buffers().stream().map(PlannedBuffer::length).toList());
    // the part of relu's gradient comes where conv's output was; all else lives at time 7
    assertEquals(
        List.of(832L, 512L, 0L, 1888L, 2464L, 2208L, 1120L, 1376L, 2784L, 1888L),
        plan.buffers().stream().map(PlannedBuffer::offset).toList());
    assertEquals(3296, plan.length());
  }

  @Test
  void whatLooksAlikeIsNotFused() {
    ExecutionPlan plan =
        ExecutionPlan.of(PlanNetworks.branches(), 2, PassKind.TRAINING, PlanRules.ALL);
    assertEquals(
        "stem norm1+relu1 a normA+sumA+reluA normB+sumB+reluB short normC normD+sumC+reluC normE"
            + " sumD tanhD dropD many+reluMany convF dropF reluF thrice pool reluG normH leaky mean"
            + " sigmoid side wide poolP+reluP normI reluI both average hidden reluJ dropJ logits",
        groups(plan));
  }

  @Test
  void followersAreTheOnlyReadersOfConvolutions() {
    Network network = PlanNetworks.followers();
    ExecutionPlan training = ExecutionPlan.of(network, 2, PassKind.TRAINING, PlanRules.ALL);
    assertEquals(
        "relu after few, norm after depthwise, norm3+relu3 after point, relu4 after grouped,"
            + " norm6+sum6+relu6 after early, norm7+sum7+relu7 after last, norm5 after whole",
        followers(training));
    ExecutionPlan inference = ExecutionPlan.of(network, 2, PassKind.INFERENCE, PlanRules.ALL);
    assertEquals(
        "relu after few, norm after depthwise, norm3+relu3 after point, relu4 after grouped,"
            + " norm7+sum7+relu7 after last, norm5 after whole",
        followers(inference));
    assertEquals(
        "", followers(ExecutionPlan.of(network, 2, PassKind.TRAINING, new PlanRules(false, true))));
  }

  private static String followers(ExecutionPlan plan) {
    return plan.steps().stream()
        .filter(step -> step.follows() != PlannedStep.NONE)
        .map(step -> name(step) + " after " + name(plan.steps().get(step.follows())))
        .collect(Collectors.joining(", "));
  }

  private static void assertInPlace(ExecutionPlan plan, String layer, boolean expected) {
    assertEquals(!expected, plan.activation(layer) != PlannedStep.NONE, layer);
  }

  @Test
  void inPlaceWhereNobodyNeedsWhatWasThere() {
    ExecutionPlan plan =
        ExecutionPlan.of(PlanNetworks.branches(), 2, PassKind.TRAINING, PlanRules.ALL);
    assertInPlace(plan, "relu1", false); // its norm needs what it read
    assertInPlace(plan, "tanhD", true);
    assertInPlace(plan, "dropD", false); // tanh needs its output
    assertInPlace(plan, "sumD", true); // on normE's output
    assertInPlace(plan, "reluMany", true); // the sum lies on dropD's
    assertInPlace(plan, "dropF", true);
    assertInPlace(plan, "reluF", true);
    assertInPlace(plan, "reluG", true);
    assertInPlace(plan, "leaky", true);
    assertInPlace(plan, "sigmoid", true);
    assertInPlace(plan, "reluI", false); // normI is read by another
    assertInPlace(plan, "reluJ", true);
    assertInPlace(plan, "dropJ", false);
    ExecutionPlan inference =
        ExecutionPlan.of(PlanNetworks.branches(), 2, PassKind.INFERENCE, PlanRules.ALL);
    assertInPlace(inference, "dropD", true);
    assertInPlace(inference, "relu1", true);
    assertInPlace(inference, "dropJ", true);
  }

  /** What auxiliary outputs alone need is not there, and keeps nothing from being fused. */
  @Test
  void inferenceIsPlannedForItsOutputsAlone() {
    Network network = PlanNetworks.auxiliary();
    ExecutionPlan training = ExecutionPlan.of(network, 2, PassKind.TRAINING, PlanRules.ALL);
    assertEquals(
        "stem norm side relu sideNorm+sideRelu sideMean sideLogits conv dropout mean logits early",
        groups(training));
    assertEquals("[logits, sideLogits, early]", outputs(training));
    ExecutionPlan inference = ExecutionPlan.of(network, 2, PassKind.INFERENCE, PlanRules.ALL);
    assertEquals("stem norm+relu conv dropout mean logits", groups(inference));
    assertEquals("[logits]", outputs(inference));
    assertEquals(List.of(0, 1, 8, 9, 10, 11), indices(inference), "places in the network");
    assertInPlace(training, "dropout", false);
    assertInPlace(inference, "dropout", true);
    ExecutionPlan measured =
        ExecutionPlan.of(network.withoutAuxiliary(), 2, PassKind.TRAINING, PlanRules.ALL);
    assertEquals("stem norm+relu conv dropout mean logits", groups(measured));
    assertEquals(indices(inference), indices(measured), "so that random numbers are the same");
    ExecutionPlan seen =
        ExecutionPlan.of(network.withOutput("sideRelu"), 2, PassKind.INFERENCE, PlanRules.ALL);
    assertEquals("stem norm side relu sideNorm+sideRelu conv dropout mean logits", groups(seen));
  }

  private static String outputs(ExecutionPlan plan) {
    return plan.outputs().stream().map(PlannedOutput::name).toList().toString();
  }

  private static List<Integer> indices(ExecutionPlan plan) {
    return plan.steps().stream().map(step -> step.group().index()).toList();
  }

  @Test
  void withoutRulesEachTensorHasItsOwn() {
    ExecutionPlan plan =
        ExecutionPlan.of(
            PlanNetworks.branches(), 2, PassKind.TRAINING, new PlanRules(false, false));
    assertEquals(PlanNetworks.branches().nodes().size(), plan.steps().size());
    long sum = plan.buffers().stream().mapToLong(PlannedBuffer::length).sum();
    assertEquals(sum, plan.length());
    assertTrue(plan.buffers().stream().noneMatch(PlannedBuffer::clears));
  }

  static Stream<Network> networks() {
    return Stream.concat(
        Stream.of(
            PlanNetworks.branches(),
            PlanNetworks.heads(),
            PlanNetworks.auxiliary(),
            PlanNetworks.fromTheInput(),
            residual(),
            Architecture.named("resnet-20").network(),
            Architecture.named("resnet-50").network(),
            Architecture.named("lenet").network()),
        IntStream.range(0, RANDOM).mapToObj(PlanNetworks::random));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void nobodyTreadsOnAnother(Network network) {
    for (PassKind kind : PassKind.values()) {
      for (boolean fuses : new boolean[] {true, false}) {
        ExecutionPlan plan = ExecutionPlan.of(network, 3, kind, new PlanRules(fuses, true));
        assertApart(plan);
        PlanSimulation.run(plan);
        assertEquals(plan, ExecutionPlan.of(network, 3, kind, new PlanRules(fuses, true)));
      }
    }
  }

  private static void assertApart(ExecutionPlan plan) {
    List<PlannedBuffer> buffers = plan.buffers();
    for (int i = 0; i < buffers.size(); i++) {
      PlannedBuffer one = buffers.get(i);
      assertEquals(0, one.offset() % 16);
      assertTrue(one.offset() + one.length() <= plan.length());
      assertEquals(
          one.offset() / plan.slabLength(),
          (one.offset() + one.length() - 1) / plan.slabLength(),
          "within a slab");
      for (PlannedBuffer other : buffers.subList(i + 1, buffers.size())) {
        assertFalse(one.livesWith(other) && one.overlaps(other), () -> one + "\n" + other);
        if (one.overlaps(other) && !one.framedAlike(other)) {
          assertTrue(one.halo() == 0 || one.clears(), one::toString);
          assertTrue(other.halo() == 0 || other.clears(), other::toString);
        }
      }
    }
  }

  /** What the plan is for. */
  @Test
  void aLargeNetworkTakesLittleMoreThanWhatMustStay() {
    Network network = Architecture.named("resnet-50").network();
    ExecutionPlan plan = ExecutionPlan.of(network, 16, PassKind.TRAINING, PlanRules.ALL);
    assertTrue(plan.length() <= 1.01 * mostAlive(plan));
    ExecutionPlan plain =
        ExecutionPlan.of(network, 16, PassKind.TRAINING, new PlanRules(false, false));
    assertTrue(plan.length() <= 0.3 * plain.length());
    ExecutionPlan inference = ExecutionPlan.of(network, 16, PassKind.INFERENCE, PlanRules.ALL);
    assertTrue(inference.length() <= 0.12 * plan.length());
  }

  /** Floats that live at one time, at the most. */
  private static long mostAlive(ExecutionPlan plan) {
    return IntStream.rangeClosed(0, 2 * plan.steps().size())
        .mapToLong(
            time ->
                plan.buffers().stream()
                    .filter(b -> b.first() <= time && time <= b.last())
                    .mapToLong(PlannedBuffer::length)
                    .sum())
        .max()
        .orElseThrow();
  }
}
