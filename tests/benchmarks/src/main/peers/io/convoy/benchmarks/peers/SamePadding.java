package io.convoy.benchmarks.peers;

/** What {@code same} pads: as many zero pixels as give ⌈size / stride⌉ outputs. */
final class SamePadding {
  private SamePadding() {}

  /** All zero pixels along an axis, of both sides together. */
  static int along(int size, int kernel, int stride, int dilation) {
    int outputs = (size + stride - 1) / stride;
    return Math.max(0, (outputs - 1) * stride + (kernel - 1) * dilation + 1 - size);
  }
}
