package io.convoy.format.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The dimensions of a sample that a {@code Reshape} asks for. */
final class SampleShape {
  private SampleShape() {}

  /**
   * @param sample the dimensions of one, now
   * @param shape as the file gives it: 0 for a dimension that stays, -1 for one that follows
   * @param batch the number of samples that the file is for; empty where that is free
   * @throws Refusal when the samples would not stay what they are
   */
  static List<Integer> of(
      OnnxNode node, long[] shape, List<Integer> sample, Optional<Integer> batch) {
    boolean zeros = node.number("allowzero", 0) != 0;
    List<Integer> dims = new ArrayList<>();
    int follows = -1;
    long known = 1;
    for (int i = 1; i < shape.length; i++) {
      long dim = shape[i];
      if (dim == 0 && !zeros && i <= sample.size()) {
        dim = sample.get(i - 1);
      }
      if (dim == -1 && follows < 0) {
        follows = i - 1;
        dim = 1;
      }
      if (dim < 1 || dim > Integer.MAX_VALUE) {
        throw refusal(shape, sample);
      }
      known = Math.multiplyExact(known, dim);
      dims.add((int) dim);
    }
    int elements = elements(sample);
    if (follows >= 0 && elements % known == 0) {
      dims.set(follows, (int) (elements / known));
      known = elements;
    }
    if (known != elements || !keepsSamples(shape, follows >= 0, zeros, batch)) {
      throw refusal(shape, sample);
    }
    return dims;
  }

  private static boolean keepsSamples(
      long[] shape, boolean follows, boolean zeros, Optional<Integer> batch) {
    if (shape.length == 0) {
      return false;
    }
    long first = shape[0];
    boolean stays = first == OnnxTensor.BATCH || (first == 0 && !zeros);
    boolean same = batch.isPresent() ? first == batch.get() : first == 1;
    return stays || same || (first == -1 && !follows);
  }

  private static int elements(List<Integer> sample) {
    return sample.stream().reduce(1, (a, b) -> a * b);
  }

  private static Refusal refusal(long[] shape, List<Integer> sample) {
    String told = Arrays.toString(shape).replace(Long.toString(OnnxTensor.BATCH), "N");
    return Refusal.of(
        "shape %s: each sample stays one of %d elements, and they stay first; a sample is %s",
        told, elements(sample), sample);
  }
}
