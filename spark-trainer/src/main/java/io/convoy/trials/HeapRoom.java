package io.convoy.trials;

import io.convoy.error.ConvoyException;

/**
 * The heap of this JVM, shared out among the trials that it trains at the same time: one that would
 * fill it waits until others have ended.
 */
final class HeapRoom implements AutoCloseable {
  private static long taken;

  private final long bytes;

  private HeapRoom(long bytes) {
    this.bytes = bytes;
  }

  /**
   * Takes room as soon as it is there. Alone, a trial gets it whatever its size.
   *
   * @param room of all trials
   * @throws ConvoyException of kind RESOURCE when the task is cancelled while it waits
   */
  static HeapRoom take(long bytes, long room) {
    synchronized (HeapRoom.class) {
      try {
        while (taken > 0 && taken + bytes > room) {
          HeapRoom.class.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ConvoyException(ConvoyException.Kind.RESOURCE, "the task was cancelled", e);
      }
      taken += bytes;
      return new HeapRoom(bytes);
    }
  }

  @Override
  public void close() {
    synchronized (HeapRoom.class) {
      taken -= bytes;
      HeapRoom.class.notifyAll();
    }
  }
}
