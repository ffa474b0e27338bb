package io.convoy.execution;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The memory of an execution, as it is planned.
 *
 * @param bytes of all buffers: the region that activations and gradients take by turns, packed
 *     weights, tables and scratch
 * @param activations bytes of the activations of the input and of each node by name, in the graph's
 *     order, frames of zeros included; 0 where a layer works in place, or where the one behind it
 *     is computed with it
 */
public record BufferPlan(long bytes, Map<String, Long> activations) {
  public BufferPlan {
    activations = Collections.unmodifiableMap(new LinkedHashMap<>(activations));
  }
}
