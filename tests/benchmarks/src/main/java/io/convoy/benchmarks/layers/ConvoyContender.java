package io.convoy.benchmarks.layers;

import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Layer;
import io.convoy.layer.Linear;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import java.util.Optional;

/** Convoy's own layers, as a training step calls them, with the kernels of this JVM. */
final class ConvoyContender implements Contender {
  static final String NAME = "convoy";

  private WorkPool pool;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    return "%s kernels, %s lanes"
        .formatted(KernelProvider.kernels().name(), KernelProvider.kernels().lanes());
  }

  @Override
  public Optional<Workload> prepare(Problem problem, Operands operands, int threads) {
    if (pool == null || pool.threads() != threads) {
      close();
      pool = new WorkPool(threads);
    }
    return Optional.of(new ConvoyWorkload(problem, operands, pool));
  }

  /** The layer of a shape, without a bias. */
  static Layer layer(LayerShape shape) {
    if (shape instanceof DenseShape dense) {
      Linear linear = Linear.of(dense.out());
      return new Linear(linear.outFeatures(), false, linear.initializer());
    }
    ConvolutionShape conv = (ConvolutionShape) shape;
    ConvolutionShape.Axis height = conv.height();
    ConvolutionShape.Axis width = conv.width();
    return new Conv2d(
        conv.outChannels(),
        new Extent(height.kernel(), width.kernel()),
        new Extent(height.stride(), width.stride()),
        new Padding(Padding.Mode.PIXELS, new Extent(height.padding(), width.padding())),
        new Extent(height.dilation() + 1, width.dilation() + 1),
        conv.groups(),
        false,
        Conv2d.of(conv.outChannels(), 1).initializer());
  }

  /** The shape of one input sample. */
  static Shape inputShape(LayerShape shape) {
    if (shape instanceof DenseShape dense) {
      return Shape.of(dense.in());
    }
    ConvolutionShape conv = (ConvolutionShape) shape;
    return Shape.of(conv.height().input(), conv.width().input(), conv.inChannels());
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
      pool = null;
    }
  }
}
