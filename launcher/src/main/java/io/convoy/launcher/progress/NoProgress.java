package io.convoy.launcher.progress;

/** Shows nothing. */
final class NoProgress implements Progress {
  @Override
  public void say(String line) {}

  @Override
  public void close() {}
}
