package io.convoy.execution;

import io.convoy.network.Node;
import io.convoy.tensor.Tensor;
import java.util.List;

/** Looks at a pass, forward or backward, layer by layer. */
@FunctionalInterface
public interface PassObserver {
  /**
   * Layers were computed together.
   *
   * @param layers the leading one first; those behind it are fused with it
   * @param values what came out of the last one, in the network's order, or, backward, the gradient
   *     of that: only to be read, and only in this call, since what comes next may be written over
   *     it
   */
  void computed(List<Node> layers, Tensor values);
}
