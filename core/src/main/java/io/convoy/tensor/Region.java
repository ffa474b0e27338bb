package io.convoy.tensor;

import java.util.List;

/**
 * Memory that tensors take by turns, at offsets that a plan has worked out. It may be more than one
 * array holds, so it lies in slabs of one length; the last may be shorter.
 */
public final class Region {
  private final List<float[]> slabs;
  private final int slabLength;
  private final int first;

  Region(List<float[]> slabs, int slabLength, int first) {
    this.slabs = List.copyOf(slabs);
    this.slabLength = slabLength;
    this.first = first;
  }

  /**
   * A view of the region's memory as a tensor; a vector gets no halo.
   *
   * @param offset its first float, a multiple of 16; all of its {@link Arena#tensorLength} lie in
   *     one slab
   */
  public Tensor tensor(long offset, int capacity, Shape shape, int halo) {
    float[] slab = slabs.get((int) (offset / slabLength));
    int start = first + (int) (offset % slabLength);
    return new Tensor(slab, start, shape, capacity, shape.isImage() ? halo : 0);
  }
}
