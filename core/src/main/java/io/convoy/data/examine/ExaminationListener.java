package io.convoy.data.examine;

/** Told of an examination under way. */
public interface ExaminationListener {
  /** Hears nothing. */
  ExaminationListener NONE = new ExaminationListener() {};

  /**
   * So many files were looked at. May be called by several threads, one at a time.
   *
   * @param total those of the set that were not known before, at least 1
   */
  default void onExamination(long done, long total) {}

  /** Some thousand files more are known: a good time to write them down. */
  default void onKnown(ExaminedFiles known) {}
}
