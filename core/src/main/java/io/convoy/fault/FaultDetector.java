package io.convoy.fault;

import java.util.Optional;

/**
 * Tells one fault by what is known of a training. What is not known it does not judge: where
 * evidence is missing, it finds nothing, and says what is missing.
 */
public interface FaultDetector {
  /** The fault's name. */
  String name();

  /** What points to it; empty where nothing does. */
  Optional<FaultFinding> look(Evidence evidence);

  /** Why it cannot tell whether there is the fault, in words; empty where it can. */
  Optional<String> blind(Evidence evidence);
}
