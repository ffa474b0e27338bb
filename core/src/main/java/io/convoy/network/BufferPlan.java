package io.convoy.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The memory of a training execution, as it is planned.
 *
 * @param bytes of all buffers: activations, their gradients, packed weights, tables and scratch
 * @param activations bytes of the activations of the input and of each node by name, in the graph's
 *     order, frames of zeros included
 */
public record BufferPlan(long bytes, Map<String, Long> activations) {
  public BufferPlan {
    activations = Collections.unmodifiableMap(new LinkedHashMap<>(activations));
  }
}
