/**
 * Event files for TensorBoard, in {@code RUN/tensorboard}: curves of a training, histograms of its
 * weights, and pictures, from what goes to the metrics and the checkpoints. Nothing in Convoy reads
 * them.
 */
package io.convoy.tensorboard;
