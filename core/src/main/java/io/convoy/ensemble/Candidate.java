package io.convoy.ensemble;

import io.convoy.error.ConvoyException;

/**
 * Something that could be used: a member, an average of outputs, an average of weights.
 *
 * @param name as it stands in a sentence, such as {@code the equal average of 5 members' outputs}
 * @param passes forward passes that an image costs, at least 1
 * @param outcomes on the held-back images, the same for all candidates
 */
public record Candidate(String name, int passes, Outcomes outcomes) {
  public Candidate {
    if (passes < 1) {
      throw ConvoyException.usage("%s: at least one forward pass an image; got %d", name, passes);
    }
  }

  /** Its line of the table. */
  public MemberFigures figures() {
    return MemberFigures.of(name, passes, outcomes);
  }
}
