package io.convoy.plan;

import static io.convoy.plan.PlannedStep.NONE;

import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.operation.PassKind;
import io.convoy.plan.RegionLayout.Life;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes an {@link ExecutionPlan}: follows a step in time, and notes who needs what and when. */
final class PlanBuilder {
  /** Floats of a slab where no buffer needs a longer one: 1 GiB. */
  private static final int SLAB = 1 << 28;

  /** A buffer whose life is still being followed. */
  private static final class OpenBuffer {
    final int number;
    final String name;
    final Shape shape;
    int halo;
    int first;
    int last;

    OpenBuffer(int number, String name, Shape shape, int halo, int first) {
      this.number = number;
      this.name = name;
      this.shape = shape;
      this.halo = shape.isImage() ? halo : 0;
      this.first = first;
      this.last = first;
    }

    void use(int time) {
      first = Math.min(first, time);
      last = Math.max(last, time);
    }

    void widen(int wanted) {
      halo = Math.max(halo, shape.isImage() ? wanted : 0);
    }
  }

  private final Network network;
  private final int capacity;
  private final PassKind kind;
  private final PlanRules rules;
  private final List<StepGroup> groups;
  private final Map<String, Integer> reads;
  private final Map<String, StepGroup> makers = new HashMap<>();
  private final Map<String, Integer> halos = new HashMap<>();
  private final List<OpenBuffer> buffers = new ArrayList<>();
  private final Map<String, OpenBuffer> activations = new HashMap<>();
  private final Map<String, OpenBuffer> gradients = new HashMap<>();

  PlanBuilder(Network network, int capacity, PassKind kind, PlanRules rules) {
    this.network = network;
    this.capacity = capacity;
    this.kind = kind;
    this.rules = rules;
    groups = StepGroup.of(network, kind, rules.fuses());
    reads = StepGroup.reads(network, kind);
    groups.forEach(group -> makers.put(group.output(), group));
    for (Node node : StepGroup.nodes(network, kind)) {
      int halo = node.layer().inputHalo(node.inputShapes());
      node.inputs().forEach(input -> halos.merge(input, halo, Math::max));
    }
  }

  ExecutionPlan build() {
    int end = 2 * groups.size();
    OpenBuffer input = open(Network.INPUT, network.inputShape(), haloOf(Network.INPUT), 0);
    input.use(end); // the caller's, who may fill it at any time
    activations.put(Network.INPUT, input);
    for (int i = 0; i < groups.size(); i++) {
      forward(groups.get(i), i);
    }
    List<PlannedOutput> outputs =
        StepGroup.outputs(network, kind).stream().map(o -> output(o, end)).toList();
    List<PlannedStep> steps = new ArrayList<>();
    if (kind.goesBackward()) {
      for (int i = groups.size() - 1; i >= 0; i--) {
        steps.add(backward(groups.get(i), end - i));
      }
      Collections.reverse(steps);
    } else {
      groups.forEach(group -> steps.add(step(group, List.of(), List.of(), NONE, List.of())));
    }
    return plan(steps, outputs, end);
  }

  /** An output and, where passes go backward, its gradient are the caller's to the end. */
  private PlannedOutput output(Node node, int end) {
    OpenBuffer activation = activations.get(node.name());
    activation.use(end);
    if (!kind.goesBackward()) {
      return new PlannedOutput(node.name(), activation.number, NONE);
    }
    StepGroup maker = makers.get(node.name());
    OpenBuffer gradient = open(node.name(), maker.shape(), gradientHalo(maker), 0);
    gradient.use(end);
    gradients.put(node.name(), gradient);
    return new PlannedOutput(node.name(), activation.number, gradient.number);
  }

  private OpenBuffer open(String name, Shape shape, int halo, int time) {
    OpenBuffer buffer = new OpenBuffer(buffers.size(), name, shape, halo, time);
    buffers.add(buffer);
    return buffer;
  }

  /** An activation's halo is the widest that its readers ask for. */
  private int haloOf(String activation) {
    return halos.getOrDefault(activation, 0);
  }

  private static int gradientHalo(StepGroup group) {
    Node leading = group.leading();
    return leading.layer().outputGradientHalo(leading.inputShapes());
  }

  private void forward(StepGroup group, int time) {
    group.inputs().forEach(input -> activations.get(input).use(time));
    OpenBuffer output = null;
    for (int k = 0; k < group.inputs().size() && output == null; k++) {
      if (mayOverwrite(group, k)) {
        output = activations.get(group.inputs().get(k));
      }
    }
    if (output == null) {
      output = open(group.output(), group.shape(), 0, time);
    }
    output.widen(haloOf(group.output()));
    activations.put(group.output(), output);
  }

  /** Whether the output may lie on input k: nobody needs that any more. */
  private boolean mayOverwrite(StepGroup group, int k) {
    String input = group.inputs().get(k);
    boolean ableTo = rules.fuses() && group.leading().layer().inPlace();
    if (!ableTo || input.equals(Network.INPUT) || reads.get(input) > 1) {
      return false;
    }
    boolean sumOfMany = !group.fusion().residual() && group.inputs().size() > 2;
    if (sumOfMany && k > 0) {
      return false; // it starts from its first input
    }
    return !kind.goesBackward() || !(group.keepsInput(k) || makers.get(input).keepsOutput());
  }

  /**
   * Decides who writes an activation's gradient (the first, going backward, to reach it) and who
   * adds to it: at once where the layer can, else through a part of its own.
   */
  private PlannedStep backward(StepGroup group, int time) {
    Integer[] targets = new Integer[group.inputs().size()];
    Boolean[] adds = new Boolean[targets.length];
    List<PlannedStep.Sum> sums = new ArrayList<>();
    OpenBuffer mine = gradients.get(group.output());
    mine.use(time);
    for (int k : slotsInOrder(group)) {
      String input = group.inputs().get(k);
      OpenBuffer total = gradients.get(input);
      adds[k] = total != null && group.leading().layer().addsGradient(k);
      if (total == null) {
        targets[k] = firstGradient(group, k, time);
        continue;
      }
      total.use(time);
      targets[k] = adds[k] ? total.number : open(input, total.shape, 0, time).number;
      if (!adds[k]) {
        sums.add(new PlannedStep.Sum(targets[k], total.number));
      }
    }
    for (int k = 0; k < group.inputs().size(); k++) {
      if (group.keepsInput(k)) {
        activations.get(group.inputs().get(k)).use(time);
      }
    }
    if (group.keepsOutput()) {
      activations.get(group.output()).use(time);
    }
    return step(group, List.of(targets), List.of(adds), mine.number, sums);
  }

  /** Where the gradient of input k is written, to which nobody has come before. */
  private int firstGradient(StepGroup group, int k, int time) {
    String input = group.inputs().get(k);
    boolean isInput = input.equals(Network.INPUT);
    if (isInput && kind.trains()) {
      return NONE; // nobody asks for it
    }
    OpenBuffer mine = gradients.get(group.output());
    boolean over = mayOverwriteGradient(group, k, mine);
    OpenBuffer first = over ? mine : open(input, activations.get(input).shape, 0, time);
    if (isInput) {
      first.use(2 * groups.size()); // the caller's, behind the pass
    } else {
      first.widen(gradientHalo(makers.get(input)));
    }
    gradients.put(input, first);
    return first.number;
  }

  /** A residual's gradient comes before that of the layer that it was added to, as it would. */
  private static int[] slotsInOrder(StepGroup group) {
    return group.fusion().residual()
        ? new int[] {1, 0}
        : IntStream.range(0, group.inputs().size()).toArray();
  }

  /** Whether the gradient of input k may lie on that of the output: no other has it yet. */
  private boolean mayOverwriteGradient(StepGroup group, int k, OpenBuffer mine) {
    List<String> inputs = group.inputs();
    return rules.fuses()
        && group.leading().layer().inPlace()
        && !StepGroup.keepsGradient(network, kind, group.output())
        && Collections.frequency(inputs, inputs.get(k)) == 1
        && inputs.stream().noneMatch(input -> gradients.get(input) == mine);
  }

  private PlannedStep step(
      StepGroup group,
      List<Integer> gradients,
      List<Boolean> adds,
      int outputGradient,
      List<PlannedStep.Sum> sums) {
    return new PlannedStep(
        group,
        group.inputs().stream().map(input -> activations.get(input).number).toList(),
        activations.get(group.output()).number,
        gradients,
        adds,
        outputGradient,
        follows(group),
        sums);
  }

  /** The step whose output this one works on piece by piece, while it lies in the cache. */
  private int follows(StepGroup group) {
    String input = group.inputs().get(0);
    StepGroup maker = makers.get(input);
    boolean follows =
        rules.fuses()
            && mayFollow(group)
            && reads.get(input) == 1
            && maker != null
            && maker.leading().layer().writesPieces();
    return follows ? groups.indexOf(maker) : NONE;
  }

  private boolean mayFollow(StepGroup group) {
    return switch (group.leading().layer().follows()) {
      case NEVER -> false;
      case IN_PLACE -> followsInPlace(group);
      case READING_OR_IN_PLACE -> kind.trains() || followsInPlace(group);
    };
  }

  /** Then all of its work is done as its first input is made: the others must be there by then. */
  private boolean followsInPlace(StepGroup group) {
    List<String> inputs = group.inputs();
    int first = madeAt(inputs.get(0));
    return activations.get(group.output()) == activations.get(inputs.get(0))
        && inputs.stream().skip(1).allMatch(input -> madeAt(input) < first);
  }

  /** The number of the group that makes an activation; below 0 for what the network is given. */
  private int madeAt(String activation) {
    return groups.indexOf(makers.get(activation));
  }

  private ExecutionPlan plan(List<PlannedStep> steps, List<PlannedOutput> outputs, int end) {
    List<Life> lives = new ArrayList<>();
    int slab = SLAB;
    for (OpenBuffer buffer : buffers) {
      int length = Arena.tensorLength(capacity, buffer.shape, buffer.halo);
      slab = Math.max(slab, length);
      lives.add(
          rules.reuses() ? new Life(buffer.first, buffer.last, length) : new Life(0, end, length));
    }
    long[] offsets = RegionLayout.offsets(lives, slab);
    List<PlannedBuffer> planned = new ArrayList<>();
    long length = 0;
    for (OpenBuffer buffer : buffers) {
      Life life = lives.get(buffer.number);
      long offset = offsets[buffer.number];
      length = Math.max(length, offset + life.length());
      planned.add(
          new PlannedBuffer(
              buffer.name,
              buffer.shape,
              buffer.halo,
              life.first(),
              life.last(),
              life.length(),
              offset,
              false));
    }
    OpenBuffer ofInput = gradients.get(Network.INPUT);
    int inputGradient = ofInput == null ? NONE : ofInput.number;
    return new ExecutionPlan(
        capacity, kind, steps, outputs, inputGradient, withClearing(planned), length, slab);
  }

  private static List<PlannedBuffer> withClearing(List<PlannedBuffer> buffers) {
    return buffers.stream().map(buffer -> buffer.clearing(mustClear(buffer, buffers))).toList();
  }

  private static boolean mustClear(PlannedBuffer buffer, List<PlannedBuffer> all) {
    return buffer.halo() > 0
        && all.stream().anyMatch(other -> other.overlaps(buffer) && !other.framedAlike(buffer));
  }
}
