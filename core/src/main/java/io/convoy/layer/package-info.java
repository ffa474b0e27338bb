/**
 * Layers: immutable records of options ({@link io.convoy.layer.Layer}), each with the operation
 * ({@link io.convoy.operation.Operation}) that computes it forward and backward over planned
 * buffers.
 */
package io.convoy.layer;
