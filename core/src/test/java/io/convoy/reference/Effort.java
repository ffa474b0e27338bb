package io.convoy.reference;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/**
 * What something takes of this thread: time on a processor, however busy the machine is, and memory
 * allocated, whether it is held or not.
 *
 * @param result what came of it
 */
public record Effort<T>(T result, long nanos, long bytes) {
  private static final ThreadMXBean ACCOUNT = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Does it. */
  public static <T> Effort<T> of(Supplier<T> work) {
    long bytes = ACCOUNT.getCurrentThreadAllocatedBytes();
    long nanos = ACCOUNT.getCurrentThreadCpuTime();
    T result = work.get();
    return new Effort<>(
        result,
        ACCOUNT.getCurrentThreadCpuTime() - nanos,
        ACCOUNT.getCurrentThreadAllocatedBytes() - bytes);
  }

  /**
   * Whether it is what a small file from outside may take: a second, and 64 MB beside 200 times its
   * length, since a message of two bytes is an object.
   *
   * @param length of the file in bytes
   */
  public boolean isLittle(long length) {
    return nanos < 1_000_000_000L && bytes < (64L << 20) + 200 * length;
  }
}
