package io.convoy.plan;

import io.convoy.layer.Add;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.ChannelScale;
import io.convoy.layer.ChannelShuffle;
import io.convoy.layer.Concat;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.GroupNorm;
import io.convoy.layer.L2Norm;
import io.convoy.layer.Layer;
import io.convoy.layer.LayerNorm;
import io.convoy.layer.LeakyRelu;
import io.convoy.layer.Linear;
import io.convoy.layer.LocalResponseNorm;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Multiply;
import io.convoy.layer.PRelu;
import io.convoy.layer.Relu;
import io.convoy.layer.Sigmoid;
import io.convoy.layer.Silu;
import io.convoy.layer.Softmax;
import io.convoy.layer.Tanh;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.reference.Numbers;
import java.util.ArrayList;
import java.util.List;

/** Networks that give a planner something to think about. */
public final class PlanNetworks {
  private static final BatchNorm2d NORM = BatchNorm2d.standard();

  private PlanNetworks() {}

  private static Conv2d conv(int channels, int kernel) {
    return Conv2d.of(channels, kernel).withPadding(Padding.SAME);
  }

  /** Every kind of fusion, and next to each a case that looks like it and is none. */
  public static Network branches() {
    return Network.input(11, 9, 3)
        .then("stem", conv(6, 3))
        .then("norm1", NORM)
        .then("relu1", new Relu()) // read three times
        .then("a", conv(6, 3))
        .then("normA", NORM)
        .join("sumA", new Add(), "relu1", "normA")
        .then("reluA", new Relu())
        .join("normB", NORM, "reluA") // the shortcut is the input of the norm
        .join("sumB", new Add(), "normB", "reluA")
        .then("reluB", new Relu())
        .join("short", conv(6, 1), "relu1")
        .then("normC", NORM)
        .join("normD", NORM, "reluB") // both terms are norms: the later one leads
        .join("sumC", new Add(), "normC", "normD")
        .then("reluC", new Relu())
        .then("normE", NORM) // its sum has no rectifier
        .join("sumD", new Add(), "relu1", "normE")
        .then("tanhD", new Tanh())
        .then("dropD", new Dropout(0.25f)) // not in place: tanh needs its output
        .join("many", new Add(), "dropD", "reluC", "reluC")
        .then("reluMany", new Relu())
        .then("convF", conv(7, 3))
        .then("dropF", new Dropout(0.3f))
        .then("reluF", new Relu())
        .join("thrice", new Add(), "reluF", "reluF", "reluF")
        .then("pool", new MaxPool2d(Extent.square(3), Extent.square(2), Padding.of(1)))
        .then("reluG", new Relu())
        .join("normH", NORM, "reluG")
        .then("leaky", new LeakyRelu(0.1f))
        .join(
            "mean", new AvgPool2d(Extent.square(3), Extent.square(1), Padding.SAME, false), "reluG")
        .then("sigmoid", new Sigmoid())
        .join("side", new Concat(), "leaky", "sigmoid", "reluG", "leaky")
        .then("wide", conv(5, 7))
        .then("reluP", new Relu())
        .then("poolP", new MaxPool2d(Extent.square(3), Extent.square(1), Padding.of(1)))
        .then("normI", NORM) // read twice: not fused
        .then("reluI", new Relu())
        .join("both", new Concat(), "normI", "reluI")
        .then("average", new GlobalAvgPool())
        .then("hidden", Linear.of(19))
        .then("reluJ", new Relu())
        .then("dropJ", new Dropout(0.5f))
        .then("logits", Linear.of(4))
        .build();
  }

  /**
   * What may follow a convolution piece by piece, in images of several pieces, and what may not.
   */
  public static Network followers() {
    return Network.input(31, 45, 3)
        .then("few", conv(5, 3))
        .then("relu", new Relu())
        .then("depthwise", conv(5, 3).withGroups(5))
        .then("norm", NORM)
        .then("leaky", new LeakyRelu(0.1f))
        .then("tiles", conv(18, 3)) // read by two norms
        .then("norm1", NORM)
        .join("norm2", NORM, "tiles")
        .join("sum", new Add(), "norm1", "norm2")
        .then("point", conv(70, 1))
        .then("norm3", NORM)
        .then("relu3", new Relu())
        .then("grouped", conv(6, 3).withGroups(2).withStride(2))
        .then("relu4", new Relu())
        .join("norm4", NORM, "relu4")
        .then("early", conv(6, 1))
        .join("late", conv(6, 1), "norm4")
        .join("norm6", NORM, "early")
        .join("sum6", new Add(), "norm6", "late") // not there yet when early is
        .then("relu6", new Relu())
        .then("last", conv(6, 1))
        .then("norm7", NORM)
        .join("sum7", new Add(), "norm7", "relu6")
        .then("relu7", new Relu())
        .then("whole", Conv2d.of(9, 16))
        .then("norm5", NORM)
        .then("end", conv(3, 1))
        .build();
  }

  /** What is fused reads the network's input itself, whose gradient nobody asks for. */
  public static Network fromTheInput() {
    return Network.input(5, 7, 4)
        .then("norm", NORM)
        .then("relu", new Relu())
        .join("norm2", NORM, "relu")
        .join("sum", new Add(), "input", "norm2")
        .then("relu2", new Relu())
        .join("norm3", NORM, "input")
        .join("sum3", new Add(), "norm3", "relu2")
        .then("relu3", new Relu())
        .join("sum4", new Add(), "relu3", "input")
        .then("relu4", new Relu())
        .then("end", conv(3, 3))
        .build();
  }

  /**
   * Outputs that layers read as well, each where it would be fused or overwritten if it were none.
   */
  public static Network heads() {
    return Network.input(9, 7, 3)
        .then("stem", conv(6, 3)) // an output that a rectifier would follow in place
        .then("relu", new Relu())
        .then("conv", conv(6, 3))
        .then("norm", NORM) // an output that its rectifier would be fused with
        .then("relu2", new Relu())
        .join("sum", new Add(), "relu", "relu2") // an output that two others read
        .then("tanh", new Tanh())
        .then("mean", new GlobalAvgPool())
        .then("logits", Linear.of(4))
        .join("side", conv(5, 3).withStride(2), "sum")
        .then("sideRelu", new Relu())
        .then("sideMean", new GlobalAvgPool())
        .then("auxiliary", Linear.of(4))
        .output("logits")
        .output("auxiliary")
        .output("stem")
        .output("norm")
        .output("sum")
        .build();
  }

  /** Heads of training between and behind the layers that inference needs. */
  public static Network auxiliary() {
    return Network.input(9, 7, 3)
        .then("stem", conv(6, 3))
        .then("norm", NORM)
        .join("side", conv(5, 3).withStride(2), "norm") // without it, relu would follow norm
        .join("relu", new Relu(), "norm")
        .join("sideNorm", NORM, "side")
        .then("sideRelu", new Relu())
        .then("sideMean", new GlobalAvgPool())
        .then("sideLogits", Linear.of(4))
        .join("conv", conv(6, 3), "relu")
        .then("dropout", new Dropout(0.25f))
        .then("mean", new GlobalAvgPool())
        .then("logits", Linear.of(4))
        .join("early", new GlobalAvgPool(), "conv") // without it, dropout would work in place
        .output("logits")
        .auxiliary("sideLogits", 0.3)
        .auxiliary("early", 0.5)
        .build();
  }

  /** Layers of all kinds in a chance order, each reading what chance picks; one shape of image. */
  public static Network random(int seed) {
    Network.Builder builder = Network.input(5, 4, 3).then("0", conv(4, 3));
    List<String> unread = new ArrayList<>(List.of("0"));
    int layers = 4 + below(seed, 0, 22);
    for (int i = 1; i <= layers; i++) {
      Layer layer = layer(below(seed, 10 * i, 19));
      String first = pick(seed, 10 * i + 1, unread, i);
      String name = Integer.toString(i);
      if (layer instanceof Add || layer instanceof Multiply) {
        String second = pick(seed, 10 * i + 2, unread, i);
        builder.join(name, layer, first, second);
        unread.remove(second);
      } else {
        builder.join(name, layer, first);
      }
      unread.remove(first);
      unread.add(name);
    }
    String last = unread.get(unread.size() - 1);
    if (unread.size() > 1) {
      builder.join("all", new Add(), unread.toArray(String[]::new));
      last = "all";
    }
    builder.from(last).then(new Flatten()).then("logits", Linear.of(3)).output("logits");
    if (seed % 2 == 1) {
      builder.output(Integer.toString(below(seed, 1, layers + 1)));
    }
    return builder.build();
  }

  private static Layer layer(int kind) {
    return switch (kind) {
      case 0 -> conv(4, 3);
      case 1 -> conv(4, 1);
      case 2, 3 -> NORM;
      case 4, 5 -> new Relu();
      case 6 -> new Add();
      case 7 -> new Multiply();
      case 8 -> new Silu();
      case 9 -> new Tanh();
      case 10 -> new PRelu(false, 0.25f);
      case 11 -> new ChannelScale(true);
      case 12 -> new GroupNorm(2, 1e-5f, true);
      case 13 -> new LayerNorm(1e-5f, true);
      case 14 -> new L2Norm(1e-3f);
      case 15 -> new Softmax();
      case 16 -> new ChannelShuffle(2);
      case 17 -> new LocalResponseNorm(3, 0.1f, 0.75f, 1f);
      default -> new Dropout(0.25f);
    };
  }

  /**
   * Mostly the layer before, so that chains come about; else one of those that nobody reads yet.
   */
  private static String pick(int seed, int draw, List<String> unread, int next) {
    return switch (below(seed, draw, 4)) {
      case 0 -> unread.get(below(seed, draw + 5, unread.size()));
      case 1 -> Integer.toString(below(seed, draw + 5, next));
      default -> Integer.toString(next - 1);
    };
  }

  private static int below(int seed, int draw, int bound) {
    return (int) Math.floorMod(Numbers.bits(1000 + seed, draw) >>> 7, (long) bound);
  }
}
