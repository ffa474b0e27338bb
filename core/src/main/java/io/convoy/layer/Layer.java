package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.convoy.json.JsonFamily;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.Window;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * A layer of a network: an immutable value that knows its options, the shapes that follow from
 * them, and how to make the operation that computes it. It holds no weights.
 */
@JsonFamily
@JsonIgnoreProperties(ignoreUnknown = false)
public sealed interface Layer
    permits Activation,
        Add,
        AvgPool2d,
        BatchNorm2d,
        ChannelScale,
        ChannelShuffle,
        Concat,
        Conv2d,
        ConvTranspose2d,
        Dropout,
        Flatten,
        GlobalAvgPool,
        GlobalMaxPool,
        GroupNorm,
        InstanceNorm,
        L2Norm,
        LayerNorm,
        Linear,
        LocalResponseNorm,
        LogSoftmax,
        MaxPool2d,
        Maxout,
        Multiply,
        PRelu,
        PadChannels,
        SelectChannels,
        Softmax,
        SpatialDropout,
        StochasticDepth,
        Upsample2d,
        ZeroPad2d {

  /**
   * The shape of one output sample.
   *
   * @param inputs the shapes of one sample of each input
   * @throws io.convoy.error.ConvoyException when they do not fit; the message gives the rule and
   *     the values, the network adds the layer's name
   */
  Shape outputShape(List<Shape> inputs);

  /** The parameters and moving averages, in canonical order. */
  default List<Parameter> parameters(List<Shape> inputs) {
    return List.of();
  }

  /**
   * The windows of its input that single pixels of its output see; empty where each sees the pixel
   * at its place alone, or all of them.
   */
  default Optional<Window> windows(List<Shape> inputs) {
    return Optional.empty();
  }

  /** Zero pixels that the layer reads around its input. */
  default int inputHalo(List<Shape> inputs) {
    return 0;
  }

  /** Zero pixels that the backward pass reads around the gradient of the layer's output. */
  default int outputGradientHalo(List<Shape> inputs) {
    return 0;
  }

  /**
   * Multiply-adds of a forward pass over one sample: those of weights with activations. Layers that
   * have none, or whose work grows with their outputs alone (activations, pooling, normalisation),
   * count none.
   */
  default long multiplyAdds(List<Shape> inputs) {
    return 0;
  }

  /** What the backward pass reads of the forward pass's activations. */
  default Kept kept() {
    return Kept.NOTHING;
  }

  /**
   * Whether each element of the output depends on the inputs' elements at its place alone, and
   * likewise backward: then the output may be written over an input, and an input's gradient over
   * that of the output.
   */
  default boolean inPlace() {
    return false;
  }

  /** Whether backward can add the gradient of input {@code k} to what stands there. */
  default boolean addsGradient(int k) {
    return false;
  }

  /** What its operation can compute beyond the layer's own formula. */
  default Absorption absorbs() {
    return Absorption.NOTHING;
  }

  /** Whether it is {@code y = max(x, 0)}, which others may absorb. */
  default boolean rectifies() {
    return false;
  }

  /** Whether it is the sum of its inputs, which others may absorb. */
  default boolean sums() {
    return false;
  }

  /** Whether its operation writes its output in pieces, so that the next layer may follow. */
  default boolean writesPieces() {
    return false;
  }

  /** When its operation can follow the one before it, piece by piece. */
  default Following follows() {
    return Following.NEVER;
  }

  /** The operation over planned buffers. */
  Operation bind(Binding binding);
}
