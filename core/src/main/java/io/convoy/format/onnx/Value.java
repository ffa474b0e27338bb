package io.convoy.format.onnx;

import io.convoy.layer.Layer;
import io.convoy.tensor.Shape;
import java.util.List;

/** What is known of a tensor of an ONNX graph. */
sealed interface Value {
  /** Numbers that stand in the file, or follow from such. */
  record Constant(OnnxTensor tensor) implements Value {}

  /**
   * What a node of Convoy's network gives.
   *
   * @param node its name
   * @param shape of one sample there
   * @param dims of one sample in ONNX, without the batch. Those of a vector may be any whose
   *     product is its length; it lies in their row-major order
   * @param order in which an image, or one that was flattened, lies in ONNX
   */
  record Activation(String node, Shape shape, List<Integer> dims, Order order) implements Value {
    public Activation {
      dims = List.copyOf(dims);
    }

    /** The same seen in other dimensions. */
    Activation as(List<Integer> others) {
      return new Activation(node, shape, others, order);
    }

    boolean isImage() {
      return shape.isImage();
    }

    /** Whether it is an image, or a vector whose only dimension above 1, the first, is its own. */
    boolean isChannels() {
      int channels = shape.channels();
      return isImage()
          || (order.flattened() == null
              && (dims.equals(List.of(channels)) || dims.equals(List.of(channels, 1, 1))));
    }
  }

  /**
   * An order of an image's elements in ONNX.
   *
   * @param flattened the image that was flattened in another order than Convoy's; null for none
   * @param channelsLast whether an image lies as HWC
   */
  record Order(boolean channelsLast, Shape flattened) {
    /** Convoy's own for flattened images, and ONNX's for images. */
    static final Order CHW = new Order(false, null);

    static final Order HWC = new Order(true, null);
  }

  /**
   * An image whose channels are seen in several dimensions, or a vector in an order of its own.
   *
   * @param extents of the dimensions in which the channels are seen; their product is their number
   * @param steps how many channels apart neighbours along each dimension are
   */
  record View(Activation of, List<Integer> extents, List<Integer> steps) implements Value {
    public View {
      extents = List.copyOf(extents);
      steps = List.copyOf(steps);
    }
  }

  /** What a node with several outputs gives. */
  record Several(List<Value> each) implements Value {
    public Several {
      each = List.copyOf(each);
    }
  }

  /** An image with zeros around it, which a convolution may take. */
  record Padded(Activation image, Pads pads) implements Value {}

  /** A sigmoid of something whose product with that is one layer. */
  record Gate(Activation of, Layer product) implements Value {}

  /** What a node that was refused would have given: nothing more is said of what follows. */
  record Unknown() implements Value {}

  /** Pixels on each side. */
  record Pads(int top, int left, int bottom, int right) {
    static final Pads NONE = new Pads(0, 0, 0, 0);

    Pads plus(Pads other) {
      return new Pads(
          Math.addExact(top, other.top),
          Math.addExact(left, other.left),
          Math.addExact(bottom, other.bottom),
          Math.addExact(right, other.right));
    }
  }
}
