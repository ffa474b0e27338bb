package io.convoy.trainer;

import io.convoy.worker.Release;

/** The version of Convoy that this driver runs. */
public final class CodeVersion {
  /** Such as {@code 0.1.0}; {@code development} outside a jar. */
  public static final String VERSION = Release.OWN.code();

  private CodeVersion() {}
}
