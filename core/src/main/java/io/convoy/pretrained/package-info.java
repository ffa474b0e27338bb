/**
 * Weights that others trained: which array of a network each tensor is, what is told of it, and
 * trained networks as files for others. How a file is laid out belongs to {@code format}, a run's
 * folders to the trainer.
 */
package io.convoy.pretrained;
