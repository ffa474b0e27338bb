package io.convoy.format.onnx;

import io.convoy.init.Initializer;
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
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import java.util.List;

/** A network with every layer, and every option that ONNX writes in a way of its own. */
final class EveryLayer {
  private EveryLayer() {}

  /** Layers that several operators write, of which other tools know none. */
  static Network ofSeveralOperators() {
    return Network.input(7, 6, 4)
        .then("conv", Conv2d.of(12, 3))
        .then("squash", ScaledTanh.standard())
        .then("shuffle", new ChannelShuffle(3))
        .then("maxout", new Maxout(2))
        .then("pad", new PadChannels(1, 3))
        .then("select", new SelectChannels(List.of(4, 2, 2, 1, 5, 3)))
        .then("near", new Upsample2d(new Extent(2, 3), Upsample2d.Mode.NEAREST))
        .then("smooth", new Upsample2d(new Extent(3, 2), Upsample2d.Mode.BILINEAR))
        .then("plain", new GroupNorm(3, 1e-5f, false))
        .then("single", new InstanceNorm(1e-5f, false))
        .then("length", new L2Norm(1e-12f))
        .then("mean", new AvgPool2d(Extent.square(3), Extent.square(2), Padding.of(1), true, true))
        .then("flat", new Flatten())
        .then("dense", Linear.of(12))
        .then("shuffled", new ChannelShuffle(4))
        .then("most", new Maxout(3))
        .then("lrn", new LocalResponseNorm(3, 0.1f, 0.75f, 1f))
        .then("padded", new PadChannels(2, 0))
        .then("selected", new SelectChannels(List.of(5, 3, 2, 4)))
        .then("one", new LayerNorm(1e-5f, false))
        .then("unit", new L2Norm(1e-12f))
        .build();
  }

  private static ConvTranspose2d transposed() {
    return new ConvTranspose2d(
        8,
        new Extent(3, 2),
        Extent.square(2),
        new Padding(Padding.Mode.PIXELS, new Extent(1, 0)),
        new Extent(1, 0),
        Extent.square(1),
        2,
        true,
        Initializer.HE_NORMAL);
  }

  private static Network.Builder images() {
    return Network.input(19, 22, 3)
        .then("stem", Conv2d.of(8, 3).withStride(2).withPadding(Padding.SAME))
        .then("norm", BatchNorm2d.standard())
        .then("relu", new Relu())
        .then("grouped", Conv2d.of(12, 3).withGroups(4).withPadding(Padding.of(2)).withDilation(2))
        .then("relu6", new Relu6())
        .then(
            "wide",
            new Conv2d(
                8,
                new Extent(1, 4),
                new Extent(1, 1),
                new Padding(Padding.Mode.PIXELS, new Extent(0, 2)),
                Extent.square(1),
                1,
                false,
                Initializer.HE_NORMAL))
        .then("leaky", new LeakyRelu(0.1f))
        .then("around", new ZeroPad2d(0, 1, 2, 0))
        .then("pRelu", new PRelu(false, 0.25f))
        .then("lrn", new LocalResponseNorm(3, 0.1f, 0.75f, 2f))
        .then("groupNorm", new GroupNorm(2, 1e-5f, true))
        .then("max", new MaxPool2d(Extent.square(3), Extent.square(2), Padding.SAME))
        .then("spatial", new SpatialDropout(0.3f))
        .then("conv", Conv2d.of(8, 3).withPadding(Padding.SAME))
        .then("silu", new Silu())
        .then("depth", new StochasticDepth(0.2f))
        .join("sum", new Add(), "depth", "spatial")
        .then("mean", new AvgPool2d(Extent.square(3), Extent.square(1), Padding.SAME, false))
        .then("counted", new AvgPool2d(Extent.square(2), Extent.square(2), Padding.of(1), true))
        .then("up", transposed())
        .then("instance", new InstanceNorm(1e-5f, true))
        .then("pixels", new LayerNorm(1e-5f, true))
        .then("soft", new Softmax())
        .then("scale", new ChannelScale(true))
        .then("part", new MaxPool2d(Extent.square(2), Extent.square(2), Padding.VALID, true))
        .then("gelu", new Gelu(Gelu.Approximation.TANH));
  }

  static Network network() {
    return images()
        .join("squeezed", new GlobalAvgPool(), "gelu")
        .then("excited", Linear.of(8))
        .then("gate", HardSigmoid.standard())
        .join("scaled", new Multiply(), "gelu", "gate")
        .join("product", new Multiply(), "scaled", "gelu")
        .join("three", new Add(), "product", "scaled", "gelu")
        .join("side", new Concat(), "three", "scaled")
        .then("hardSwish", new HardSwish())
        .join("most", new GlobalMaxPool(), "hardSwish")
        .join("flat", new Flatten(), "hardSwish")
        .then("elu", Elu.of(0.7f))
        .then("scaledElu", new Elu(0.7f, 1.3f))
        .then("clip", new HardTanh(-0.6f, 1.5f))
        .join("vectors", new Concat(), "clip", "most")
        .then("logits", Linear.of(20))
        .then("tanh", new Tanh())
        .then("features", new LayerNorm(1e-3f, true))
        .then("logs", new LogSoftmax())
        .then("slope", new PRelu(true, 0.1f))
        .then("factors", new ChannelScale(false))
        .then("dropout", new Dropout(0.4f))
        .then("selu", new Selu())
        .then("exact", Gelu.standard())
        .then("sigmoid", new Sigmoid())
        .then("last", Linear.of(7))
        .join("second", Linear.of(3), "tanh")
        .output("last")
        .output("second")
        .build();
  }
}
