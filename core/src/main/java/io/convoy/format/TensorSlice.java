package io.convoy.format;

import io.convoy.tensor.Shape;

/**
 * A named tensor that lies in a larger array.
 *
 * @param name its name in the file, such as {@code conv1.weight}
 * @param shape its extents in canonical order (OIHW, [out, in] or [channels])
 * @param array where its floats are; not copied
 * @param offset its first float in {@code array}; {@code shape.elements()} floats follow
 */
public record TensorSlice(String name, Shape shape, float[] array, int offset) {
  public TensorSlice {
    if (offset < 0 || offset > array.length - shape.elements()) {
      throw new IllegalArgumentException(
          "tensor %s: the slice must lie in its array; offset=%s elements=%s array=%s"
              .formatted(name, offset, shape.elements(), array.length));
    }
  }
}
