package io.convoy.notation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.init.Initializer;
import io.convoy.init.Normal;
import io.convoy.init.Orthogonal;
import io.convoy.init.Uniform;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.ChannelScale;
import io.convoy.layer.ChannelShuffle;
import io.convoy.layer.Conv2d;
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
import io.convoy.layer.PRelu;
import io.convoy.layer.PadChannels;
import io.convoy.layer.Relu;
import io.convoy.layer.Relu6;
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
import io.convoy.network.Node;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is printed is read as the same network. */
final class NotationRoundTripTest {
  private static final int NETWORKS = 2000;

  private static final List<Initializer> INITIALIZERS =
      List.of(
          Initializer.HE_NORMAL,
          Initializer.HE_NORMAL_FAN_OUT,
          Initializer.ZEROS,
          new Normal(0.0123456789),
          new Orthogonal(1.5),
          new Uniform(0.05));

  private static final List<Layer> OTHERS =
      List.of(
          new ChannelScale(false),
          new ChannelShuffle(2),
          new GroupNorm(2, 1e-3f, true),
          new InstanceNorm(1e-5f, false),
          new L2Norm(1e-6f),
          new LayerNorm(1e-5f, true),
          new LocalResponseNorm(3, 1e-4f, 0.75f, 2f),
          new LogSoftmax(),
          new Maxout(2),
          new PRelu(true, 0.25f),
          new PadChannels(1, 2),
          new SelectChannels(List.of(0)),
          new Softmax(),
          new Upsample2d(Extent.square(2), Upsample2d.Mode.BILINEAR),
          new ZeroPad2d(0, 1, 2, 3));

  private long seed;
  private int draws;

  @Test
  void chainsOfTheZoo() {
    Set<String> chains = new TreeSet<>();
    for (String name : Architecture.names()) {
      Network network = Architecture.named(name).network();
      Optional<String> written = Notation.write(network);
      if (written.isPresent()) {
        chains.add(name);
        Network read = Notation.of(written.get()).network();
        assertEquals(network.inputShape(), read.inputShape(), name);
        assertEquals(layers(network), layers(read), name);
        assertEquals(written, Notation.write(read), name);
      }
    }
    assertTrue(
        chains.containsAll(
            Set.of("lenet", "alexnet", "vgg11", "vgg16_bn", "vgg19", "mobilenet-v1")),
        chains::toString);
  }

  private static List<Layer> layers(Network network) {
    return network.nodes().stream().map(Node::layer).toList();
  }

  /** A paper's table, as it is printed. */
  @Test
  void mobileNetIsFolded() {
    String written = Notation.write(Architecture.named("mobilenet-v1").network()).orElseThrow();
    assertTrue(
        written.contains(
            "[DWCONV(3x3,pad=1,bias=false,init=heNormalFanOut) => BN => RELU =>"
                + " CONV(512,1x1,pad=valid,bias=false,init=heNormalFanOut) => BN =>"
                + " RELU] * 5 =>"),
        written);
  }

  /** With names by type and number, as the notation gives them, all is the same. */
  @Test
  void randomChains() {
    Set<Class<?>> seen = new TreeSet<>((a, b) -> a.getName().compareTo(b.getName()));
    int repeats = 0;
    for (seed = 0; seed < NETWORKS; seed++) {
      draws = 0;
      Network network = randomChain();
      String written = Notation.write(network).orElseThrow();
      assertEquals(network, Notation.of(written).network(), written);
      layers(network).forEach(layer -> seen.add(layer.getClass()));
      repeats += written.contains("] * ") ? 1 : 0;
    }
    assertEquals(24 + OTHERS.size() - 1, seen.size(), seen::toString);
    assertTrue(repeats > 100, repeats + " have repeats");
  }

  private Network randomChain() {
    Shape input = Shape.of(below(40) + 1, below(40) + 1, below(8) + 1);
    Shape shape = input;
    int wanted = 1 + below(12);
    List<Layer> layers = new ArrayList<>(List.of(new Relu()));
    for (int tries = 0; layers.size() < wanted && tries < 40; tries++) {
      boolean again = layers.size() > 2 && below(3) == 0;
      List<Layer> next =
          again ? layers.subList(layers.size() - 1 - below(3), layers.size()) : List.of(random());
      for (Layer layer : List.copyOf(next)) {
        try {
          shape = layer.outputShape(List.of(shape));
          layers.add(layer);
        } catch (ConvoyException e) {
          break; // it does not fit here
        }
      }
    }
    Network.Builder network = Network.input(input.toArray());
    layers.forEach(network::then);
    return network.build();
  }

  private Layer random() {
    return switch (below(28)) {
      case 0, 1, 2, 3 ->
          new Conv2d(
              (1 + below(4)) * 4,
              extent(5),
              extent(3),
              padding(3),
              extent(2),
              1 << below(3),
              below(2) == 0,
              INITIALIZERS.get(below(INITIALIZERS.size())));
      case 4, 5 ->
          new Linear(1 + below(9), below(2) == 0, INITIALIZERS.get(below(INITIALIZERS.size())));
      case 6 -> new MaxPool2d(extent(4), extent(3), padding(0), below(2) == 0);
      case 7 ->
          new AvgPool2d(new Extent(4, 3), extent(3), padding(1), below(2) == 0, below(2) == 0);
      case 8 -> new BatchNorm2d((1 + below(9)) * 1e-5f, (1 + below(9)) * 0.1f);
      case 9 -> new Dropout(Math.abs(Numbers.uniform(seed, draws++)));
      case 10 -> new SpatialDropout(below(10) / 10f);
      case 11 -> new StochasticDepth(below(7) / 7f);
      case 12 -> new LeakyRelu((1 + below(8)) / 9f);
      case 13 -> new Elu(1 + below(3) / 3f, 1 + below(2) / 2f);
      case 14 -> below(2) == 0 ? Gelu.standard() : new Gelu(Gelu.Approximation.TANH);
      case 15 -> new HardSigmoid(0.2f, 0.5f);
      case 16 -> new Flatten();
      case 17 -> below(4) == 0 ? new GlobalAvgPool() : new Relu6();
      case 18 -> below(4) == 0 ? new GlobalMaxPool() : new Tanh();
      case 19 -> below(2) == 0 ? new HardSwish() : new HardTanh(below(3) - 2, 1 + below(2));
      case 20 -> new Selu();
      case 21 -> new Sigmoid();
      case 22 -> new Silu();
      case 24 -> OTHERS.get(below(OTHERS.size()));
      case 23 -> Conv2d.of(8, 3).withPadding(Padding.SAME).withGroups(8);
      default -> new Relu();
    };
  }

  private Extent extent(int most) {
    int height = 1 + below(most);
    return below(2) == 0 ? Extent.square(height) : new Extent(height, 1 + below(most));
  }

  private Padding padding(int most) {
    return switch (below(3)) {
      case 0 -> Padding.SAME;
      case 1 -> Padding.VALID;
      default -> Padding.of(below(most + 1));
    };
  }

  private int below(int bound) {
    return (int) Long.remainderUnsigned(Numbers.bits(seed, draws++), bound);
  }
}
