package io.convoy.tensor;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * Arrays whose place within a cache line is known. G1 puts an array that is larger than half a
 * region at the start of a region, where it stays; a smaller one lies at any multiple of 8 bytes,
 * and elsewhere after each collection: the same network would be faster or slower by a tenth from
 * one process to the next. So what is too short is made longer, by half a region at the most. Other
 * collectors leave it to chance.
 */
final class LargeArrays {
  /** Floats that make an array larger than half a region of G1; 0 under other collectors. */
  private static final int LEAST = (int) (regionBytes() / 2 / Float.BYTES);

  private LargeArrays() {}

  /** Floats of an array that holds so many. */
  static int length(int wanted) {
    return Math.max(wanted, LEAST);
  }

  private static long regionBytes() {
    try {
      HotSpotDiagnosticMXBean machine =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return Long.parseLong(machine.getVMOption("G1HeapRegionSize").getValue());
    } catch (RuntimeException | LinkageError e) {
      return 0; // not HotSpot
    }
  }
}
