package io.convoy.profile;

/** What is left of this process's heap. */
final class FreeHeap {
  private FreeHeap() {}

  static long bytes() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }
}
