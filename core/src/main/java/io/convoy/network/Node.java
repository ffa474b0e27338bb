package io.convoy.network;

import io.convoy.layer.Layer;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * A layer in its place.
 *
 * @param name unique in the network
 * @param layer what it computes
 * @param inputs the names of the nodes that it reads; "input" is the network itself
 * @param inputShapes their shapes
 * @param shape the shape of one output sample
 */
public record Node(
    String name, Layer layer, List<String> inputs, List<Shape> inputShapes, Shape shape) {
  public Node {
    inputs = List.copyOf(inputs);
    inputShapes = List.copyOf(inputShapes);
  }
}
