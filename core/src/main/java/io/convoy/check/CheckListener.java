package io.convoy.check;

/** Told how checks go on, on the thread that runs them. */
public interface CheckListener {
  /** A check begins. */
  void begins(String check);

  /** So many steps of it are done, of at most so many. */
  void at(long done, long total);

  /** It has come to its end. */
  void found(CheckFinding finding);
}
