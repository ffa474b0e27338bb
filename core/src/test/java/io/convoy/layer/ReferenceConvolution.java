package io.convoy.layer;

import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.reference.Images;
import java.util.function.ToIntFunction;

/** {@link Conv2d} as its formula says, in double precision. */
final class ReferenceConvolution {
  private ReferenceConvolution() {}

  /** Zero pixels before the first one, and outputs, of one axis. */
  record Axis(int before, int outputs) {
    static Axis of(
        Padding padding,
        int size,
        int kernel,
        int stride,
        int dilation,
        ToIntFunction<Extent> way) {
      int before = way.applyAsInt(padding.pixels());
      int after = way.applyAsInt(padding.after());
      int extent = dilation * (kernel - 1) + 1;
      return switch (padding.mode()) {
        case VALID -> new Axis(0, Math.floorDiv(size - extent, stride) + 1);
        case PIXELS -> new Axis(before, Math.floorDiv(size + before + after - extent, stride) + 1);
        case SAME -> {
          int outputs = (int) Math.ceil((double) size / stride);
          int total = Math.max(0, (outputs - 1) * stride + extent - size);
          yield new Axis(total / 2, outputs);
        }
      };
    }
  }

  /** The outputs where a last window may reach past the padding: PyTorch's ceil mode. */
  static Axis ceil(Padding padding, int size, int kernel, int stride, ToIntFunction<Extent> way) {
    Axis whole = Axis.of(padding, size, kernel, stride, 1, way);
    int after = padding.mode() == Padding.Mode.SAME ? kernel : way.applyAsInt(padding.after());
    int outputs = (int) Math.ceil((size + whole.before() + after - kernel) / (double) stride) + 1;
    boolean beginsBehind = (outputs - 1) * stride >= size + whole.before();
    return new Axis(whole.before(), beginsBehind ? outputs - 1 : outputs);
  }

  /**
   * @param x the input
   * @param weights OIHW
   * @param bias null for none
   */
  static Images forward(Conv2d layer, Images x, double[] weights, double[] bias) {
    Extent kernel = layer.kernel();
    Extent stride = layer.stride();
    Extent dilation = layer.dilation();
    Axis down =
        Axis.of(
            layer.padding(),
            x.height(),
            kernel.height(),
            stride.height(),
            dilation.height(),
            Extent::height);
    Axis across =
        Axis.of(
            layer.padding(),
            x.width(),
            kernel.width(),
            stride.width(),
            dilation.width(),
            Extent::width);
    int groupInputs = x.channels() / layer.groups();
    int groupOutputs = layer.outChannels() / layer.groups();
    Images y = Images.of(x.count(), layer.outChannels(), down.outputs(), across.outputs());
    y.forEach(
        (n, o, h, w) -> {
          double sum = bias == null ? 0 : bias[o];
          for (int i = 0; i < groupInputs; i++) {
            for (int kh = 0; kh < kernel.height(); kh++) {
              for (int kw = 0; kw < kernel.width(); kw++) {
                int row = h * stride.height() + kh * dilation.height() - down.before();
                int column = w * stride.width() + kw * dilation.width() - across.before();
                double pixel = x.get(n, o / groupOutputs * groupInputs + i, row, column);
                int at = ((o * groupInputs + i) * kernel.height() + kh) * kernel.width() + kw;
                sum += pixel * weights[at];
              }
            }
          }
          y.set(n, o, h, w, sum);
        });
    return y;
  }
}
