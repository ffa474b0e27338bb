package io.convoy.memory;

/** Sizes of memory as Java and Spark take them: {@code 1536m}, {@code 3g}. */
public final class MemorySize {
  private static final long MIB = 1L << 20;
  private static final long STEP = 256;

  private MemorySize() {}

  /** Rounded up to a quarter of a gigabyte. */
  public static String rounded(long bytes) {
    long steps = (bytes + STEP * MIB - 1) / (STEP * MIB);
    return text(steps * STEP);
  }

  /** Rounded up to a megabyte. */
  public static String ofAtLeast(long bytes) {
    return text((bytes + MIB - 1) / MIB);
  }

  private static String text(long megabytes) {
    return megabytes >= 1024 && megabytes % 1024 == 0 ? megabytes / 1024 + "g" : megabytes + "m";
  }
}
