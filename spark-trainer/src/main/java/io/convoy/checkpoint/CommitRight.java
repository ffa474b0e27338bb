package io.convoy.checkpoint;

import java.io.IOException;

/** The right to commit checkpoints: a driver has it for as long as it owns the run. */
public interface CommitRight {
  /** The number of this driver among those of the run, from 1. */
  long generation();

  /**
   * Makes sure that this driver still has it.
   *
   * @throws io.convoy.error.ConvoyException of kind RESOURCE when another one has it now; the
   *     message says who
   */
  void check();

  /** Checks where an error may come of the next owner's having removed what this one wrote. */
  void checkAfter(IOException error);
}
