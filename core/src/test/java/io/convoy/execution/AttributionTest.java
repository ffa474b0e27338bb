package io.convoy.execution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.convoy.init.Initializer;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Add;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.ChannelScale;
import io.convoy.layer.ChannelShuffle;
import io.convoy.layer.Concat;
import io.convoy.layer.Conv2d;
import io.convoy.layer.ConvTranspose2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Elu;
import io.convoy.layer.Flatten;
import io.convoy.layer.Gelu;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.GlobalMaxPool;
import io.convoy.layer.GroupNorm;
import io.convoy.layer.HardSigmoid;
import io.convoy.layer.HardSwish;
import io.convoy.layer.HardTanh;
import io.convoy.layer.InstanceNorm;
import io.convoy.layer.L2Norm;
import io.convoy.layer.Layer;
import io.convoy.layer.LayerNorm;
import io.convoy.layer.LeakyRelu;
import io.convoy.layer.Linear;
import io.convoy.layer.LocalResponseNorm;
import io.convoy.layer.LogSoftmax;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Maxout;
import io.convoy.layer.Multiply;
import io.convoy.layer.PRelu;
import io.convoy.layer.PadChannels;
import io.convoy.layer.Relu;
import io.convoy.layer.Relu6;
import io.convoy.layer.ScaledTanh;
import io.convoy.layer.SelectChannels;
import io.convoy.layer.Selu;
import io.convoy.layer.Sigmoid;
import io.convoy.layer.Silu;
import io.convoy.layer.Softmax;
import io.convoy.layer.SpatialDropout;
import io.convoy.layer.StochasticDepth;
import io.convoy.layer.Tanh;
import io.convoy.layer.Upsample2d;
import io.convoy.layer.ZeroPad2d;
import io.convoy.network.Network;
import io.convoy.network.StateLayout.Entry;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.operation.Pass;
import io.convoy.operation.PassCapacity;
import io.convoy.reference.GradientCheck;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Passes of inference that go backward, to the input and to outputs that other layers read. */
class AttributionTest {
  private static final int SAMPLES = 2;
  private static final int HEIGHT = 5;
  private static final int WIDTH = 3;
  private static final int CHANNELS = 4;

  /** Inputs lie so far apart, and half of it from whole numbers, where some functions bend. */
  private static final float SPACING = 1 / 12f;

  private static final List<Layer> LAYERS =
      List.of(
          new Relu(),
          new Relu6(),
          LeakyRelu.standard(),
          Elu.standard(),
          new Selu(),
          Gelu.standard(),
          new Silu(),
          new HardSwish(),
          HardSigmoid.standard(),
          HardTanh.standard(),
          new Sigmoid(),
          new Tanh(),
          ScaledTanh.standard(),
          new Add(),
          AvgPool2d.of(2),
          new BatchNorm2d(0.05f, 0.1f),
          new ChannelScale(true),
          new ChannelShuffle(2),
          new Concat(),
          Conv2d.of(7, 3).withPadding(Padding.SAME),
          Conv2d.of(6, 3).withGroups(2).withStride(2),
          Conv2d.of(8, 3).withGroups(4),
          new ConvTranspose2d(
              5,
              Extent.square(3),
              Extent.square(2),
              Padding.of(1),
              Extent.square(0),
              Extent.square(1),
              1,
              true,
              Initializer.HE_NORMAL),
          new Dropout(0.5f),
          new Flatten(),
          new GlobalAvgPool(),
          new GlobalMaxPool(),
          new GroupNorm(2, 0.05f, true),
          new InstanceNorm(0.05f, true),
          new L2Norm(1e-3f),
          new LayerNorm(0.05f, true),
          new LocalResponseNorm(3, 0.1f, 0.75f, 1f),
          new LogSoftmax(),
          new MaxPool2d(Extent.square(3), Extent.square(2), Padding.of(1)),
          new Maxout(2),
          new Multiply(),
          new PRelu(false, 0.25f),
          new PadChannels(1, 2),
          new SelectChannels(List.of(3, 0, 3)),
          new Softmax(),
          new SpatialDropout(0.5f),
          new StochasticDepth(0.5f),
          new Upsample2d(Extent.square(2), Upsample2d.Mode.BILINEAR),
          new ZeroPad2d(1, 0, 2, 1));

  static Stream<Network> networks() {
    Stream<Network> single = LAYERS.stream().map(AttributionTest::network);
    Network dense = Network.input(13).then("linear", Linear.of(9)).build();
    return Stream.concat(single, Stream.of(dense, smooth()));
  }

  /** A layer on the network's input; of several inputs, on this twice. */
  private static Network network(Layer layer) {
    Network.Builder builder = Network.input(HEIGHT, WIDTH, CHANNELS);
    boolean two = layer instanceof Add || layer instanceof Multiply || layer instanceof Concat;
    return (two ? builder.join("layer", layer, "input", "input") : builder.then("layer", layer))
        .build();
  }

  /** Layers that are computed together, in place, and with several readers. */
  private static Network smooth() {
    return Network.input(9, 7, 3)
        .then("stem", Conv2d.of(18, 3).withPadding(Padding.SAME))
        .then("norm", new BatchNorm2d(0.05f, 0.1f))
        .then("tanh", new Tanh())
        .then("next", Conv2d.of(18, 3).withPadding(Padding.SAME))
        .then("norm2", new BatchNorm2d(0.05f, 0.1f))
        .then("depth", new StochasticDepth(0.5f))
        .join("sum", new Add(), "tanh", "depth")
        .then("dropout", new SpatialDropout(0.5f))
        .then("down", Conv2d.of(5, 3).withStride(2))
        .then("flatten", new Flatten())
        .then("half", new Dropout(0.5f))
        .then("logits", Linear.of(3))
        .build();
  }

  @Test
  void everyKindOfLayerIsThere() {
    Set<Class<?>> seen = LAYERS.stream().map(Object::getClass).collect(Collectors.toSet());
    seen.add(Linear.class);
    assertEquals(permitted(Layer.class).collect(Collectors.toSet()), seen);
  }

  private static Stream<Class<?>> permitted(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(AttributionTest::permitted)
        : Stream.of(type);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theInputsGradientIsThatOfCentralDifferences(Network network) {
    try (WorkPool pool = new WorkPool(2)) {
      Execution execution = attribution(network, pool);
      Pass pass = new Pass(SAMPLES + 1).inference(SAMPLES);
      int outputs = SAMPLES * network.outputShape().elements();
      float[] projection = Numbers.array(3, outputs);
      execution.forward(pass);
      GradientCheck.fill(execution.outputGradient(), SAMPLES, projection);
      GradientCheck.spoil(execution.inputGradient(), SAMPLES);
      execution.backward(pass, null);
      Tensor gradient = Tensor.of(SAMPLES, network.inputShape());
      GradientCheck.fill(gradient, SAMPLES, interior(execution.inputGradient()));
      new GradientCheck(
              () -> {
                execution.forward(pass);
                return GradientCheck.project(execution.output(), SAMPLES, projection);
              })
          .check("input", execution.input(), gradient, SAMPLES);
      assertArrayEquals(
          projection, interior(execution.outputGradient()), "the caller's, whatever went backward");
    }
  }

  private static Execution attribution(Network network, WorkPool pool) {
    Execution execution =
        Execution.attribution(
            network,
            PassCapacity.of(SAMPLES + 1),
            ConvolutionAlgorithm.AUTO,
            KernelProvider.kernels(),
            pool);
    execution.load(state(network));
    int elements = SAMPLES * network.inputShape().elements();
    int[] order = Numbers.permutation(1, elements);
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = (order[i] - elements / 2 + 0.5f) * SPACING;
    }
    GradientCheck.fill(execution.input(), SAMPLES, values);
    return execution;
  }

  private static float[] state(Network network) {
    float[] state = network.layout().initialState(1);
    for (Entry entry : network.layout().entries()) {
      for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
        boolean variance = entry.name().endsWith("running_var");
        float change = 0.5f * Numbers.uniform(2, i);
        state[i] += variance ? 1 + change : change;
      }
    }
    return state;
  }

  private static float[] interior(Tensor tensor) {
    float[] values = new float[SAMPLES * tensor.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.data()[GradientCheck.place(tensor, i)];
    }
    return values;
  }

  /** What goes back to a layer inside is what goes back to the input of all that is behind it. */
  @Test
  void aLayersGradientIsThatOfTheRestsInput() {
    Network whole = smooth();
    Network rest =
        Network.input(9, 7, 18)
            .then("next", Conv2d.of(18, 3).withPadding(Padding.SAME))
            .then("norm2", new BatchNorm2d(0.05f, 0.1f))
            .join("sum", new Add(), "input", "norm2")
            .then("down", Conv2d.of(5, 3).withStride(2))
            .then("flatten", new Flatten())
            .then("logits", Linear.of(3))
            .build();
    float[] state = state(whole);
    float[] restState = new float[rest.layout().length()];
    System.arraycopy(
        state, state.length - restState.length, restState, 0, restState.length); // its last layers
    float[] projection = Numbers.array(3, SAMPLES * 3);
    try (WorkPool pool = new WorkPool(3)) {
      Execution all = attribution(whole.withOutput("tanh"), pool);
      Pass pass = new Pass(SAMPLES + 1).inference(SAMPLES);
      all.forward(pass);
      float[] tanh = interior(all.output(1));
      GradientCheck.fill(all.outputGradient(0), SAMPLES, projection);
      GradientCheck.fill(all.outputGradient(1), SAMPLES, new float[tanh.length]);
      all.backward(pass, null);
      Execution behind = attribution(rest, pool);
      behind.load(restState);
      GradientCheck.fill(behind.input(), SAMPLES, tanh);
      behind.forward(pass);
      GradientCheck.fill(behind.outputGradient(), SAMPLES, projection);
      behind.backward(pass, null);
      assertArrayEquals(interior(behind.output()), interior(all.output(0)));
      assertArrayEquals(interior(behind.inputGradient()), interior(all.outputGradient(1)));
    }
  }

  @Test
  void othersHaveNoGradientOfTheInput() {
    Network network = smooth();
    try (WorkPool pool = new WorkPool(1)) {
      assertNull(Execution.training(network, 2, KernelProvider.kernels(), pool).inputGradient());
      assertNull(Execution.inference(network, 2, KernelProvider.kernels(), pool).inputGradient());
    }
  }
}
