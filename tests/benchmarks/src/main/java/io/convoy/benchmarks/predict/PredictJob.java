package io.convoy.benchmarks.predict;

/** A job that labels all images of a place. */
interface PredictJob {
  /** What tables call it. */
  String name();

  /**
   * Labels all images, and writes a row for each.
   *
   * @return how many images there were
   */
  long run();
}
