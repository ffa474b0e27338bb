package io.convoy.launcher.fetch;

/** Something that may be better in a moment: a lost connection, a busy server. */
final class PassingFailure extends Exception {
  private static final long serialVersionUID = 1L;

  PassingFailure(String message) {
    super(message);
  }
}
