package io.convoy.kernel.simd.pixel;

import io.convoy.kernel.simd.constant.Species;
import jdk.incubator.vector.VectorSpecies;

/** The one vector shape of this JVM, by what its lanes hold here. */
final class JpegSpecies {
  static final VectorSpecies<Integer> INTS = Species.FLOATS.withLanes(int.class);
  static final VectorSpecies<Byte> BYTES = Species.FLOATS.withLanes(byte.class);

  /** Bytes in a vector. */
  static final int LENGTH = BYTES.length();

  private JpegSpecies() {}
}
