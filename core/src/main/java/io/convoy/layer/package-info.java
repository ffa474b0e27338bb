/**
 * Layers: immutable records of options ({@link io.convoy.layer.Layer}). A layer knows its shapes
 * and parameters, and binds the operation ({@link io.convoy.operation.Operation}) that computes it;
 * the operations themselves are below {@link io.convoy.operation}.
 */
package io.convoy.layer;
