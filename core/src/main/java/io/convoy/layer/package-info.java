/**
 * Layers: immutable records of options ({@link io.convoy.layer.Layer}), each with the operation
 * ({@link io.convoy.layer.Operation}) that computes it forward and backward over planned buffers.
 */
package io.convoy.layer;
