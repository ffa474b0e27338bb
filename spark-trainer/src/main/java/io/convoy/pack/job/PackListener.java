package io.convoy.pack.job;

/** Told how a set is packed. */
public interface PackListener {
  /** Told nothing. */
  PackListener NONE =
      new PackListener() {
        @Override
        public void begin(String what, long bytes) {
          // nobody looks on
        }

        @Override
        public void at(long bytes) {
          // nobody looks on
        }

        @Override
        public void say(String line) {
          // nobody looks on
        }
      };

  /**
   * A part of the work begins.
   *
   * @param bytes that it goes through, about
   */
  void begin(String what, long bytes);

  /** So many of them are done. */
  void at(long bytes);

  /** Something that the user should know. */
  void say(String line);
}
