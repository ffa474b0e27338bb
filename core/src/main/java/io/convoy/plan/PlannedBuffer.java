package io.convoy.plan;

import io.convoy.tensor.Shape;

/**
 * Memory of a tensor, for as long as somebody needs what it holds. Times are those of an {@link
 * ExecutionPlan}.
 *
 * @param name the layer whose output (or its gradient) it was planned for
 * @param shape of one sample
 * @param halo zero pixels around an image
 * @param first when it is first written
 * @param last when it is last read
 * @param length floats, in whole lines
 * @param offset its first float in the region
 * @param clears whether the zeros around its images must be written before it is: not where all who
 *     take this memory have their zeros at the same places
 */
public record PlannedBuffer(
    String name,
    Shape shape,
    int halo,
    int first,
    int last,
    int length,
    long offset,
    boolean clears) {

  /** The same, with or without writing zeros. */
  PlannedBuffer clearing(boolean clears) {
    return new PlannedBuffer(name, shape, halo, first, last, length, offset, clears);
  }

  /** Whether both hold something at some time. */
  boolean livesWith(PlannedBuffer other) {
    return first <= other.last && other.first <= last;
  }

  /** Whether they have a float in common. */
  boolean overlaps(PlannedBuffer other) {
    return offset < other.offset + other.length && other.offset < offset + length;
  }

  /** Whether the zeros of both lie at the same places. */
  boolean framedAlike(PlannedBuffer other) {
    return offset == other.offset && halo == other.halo && shape.equals(other.shape);
  }
}
