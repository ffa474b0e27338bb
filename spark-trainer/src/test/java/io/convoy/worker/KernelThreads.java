package io.convoy.worker;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashSet;
import java.util.Set;

/** The threads of kernel pools, by their names: those that were started since this was made. */
final class KernelThreads {
  private static final long END_MILLIS = 30_000;

  private final Set<Thread> before = all();

  private static Set<Thread> all() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> !thread.getName().startsWith("convoy-kernel-"));
    return threads;
  }

  /** Those that live. */
  Set<Thread> started() {
    Set<Thread> started = all();
    started.removeAll(before);
    return started;
  }

  /** Waits for their end, which a closed pool's threads come to by themselves. */
  void assertNoneLeft() {
    for (Thread thread : started()) {
      try {
        thread.join(END_MILLIS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      assertFalse(thread.isAlive(), thread.getName() + " lives on");
    }
  }
}
