package io.convoy.benchmarks.layers;

import io.convoy.error.ConvoyException;

/**
 * A dense layer.
 *
 * @param in input features, at least 1
 * @param out output features, at least 1
 */
public record DenseShape(int in, int out) implements LayerShape {
  public DenseShape {
    if (in < 1 || out < 1) {
      throw ConvoyException.usage(
          "in and out of a dense layer must be at least 1; got in%d out%d", in, out);
    }
    Sizes.requireArray("the weights of in%s out%s".formatted(in, out), (long) in * out);
  }

  @Override
  public int inputs() {
    return in;
  }

  @Override
  public int outputs() {
    return out;
  }

  @Override
  public int weights() {
    return in * out;
  }

  @Override
  public long multiplyAdds() {
    return (long) in * out;
  }

  @Override
  public long terms(Direction direction, int batch) {
    return switch (direction) {
      case FORWARD -> in;
      case BACKWARD_DATA -> out;
      case BACKWARD_WEIGHTS -> batch;
    };
  }

  @Override
  public boolean first() {
    return false;
  }

  @Override
  public Group group(Direction direction) {
    return Group.DENSE;
  }
}
