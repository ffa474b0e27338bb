package io.convoy.kernel.simd.constant;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one vector shape of this JVM: that of the machine, or {@code -Dconvoy.lanes=4|8|16}. Kernels
 * of two shapes in one JVM run at a tenth of the speed on JDK 17.
 */
public final class Species {
  /** The shape of a vector of floats. */
  public static final VectorSpecies<Float> FLOATS = choose(Integer.getInteger("convoy.lanes"));

  /** Floats in a vector. */
  public static final int LANES = FLOATS.length();

  private Species() {}

  private static VectorSpecies<Float> choose(Integer lanes) {
    if (lanes == null) {
      return FloatVector.SPECIES_PREFERRED.length() > 16
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;
    }
    return switch (lanes) {
      case 4 -> FloatVector.SPECIES_128;
      case 8 -> FloatVector.SPECIES_256;
      case 16 -> FloatVector.SPECIES_512;
      default -> throw new IllegalArgumentException("convoy.lanes=" + lanes);
    };
  }
}
