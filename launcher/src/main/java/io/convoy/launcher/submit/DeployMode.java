package io.convoy.launcher.submit;

import java.util.Locale;

/** Where the driver runs, as spark-submit names it. */
public enum DeployMode {
  /** In a process beside the launcher, which prints to the same terminal. */
  CLIENT,
  /** On one of the cluster's machines. */
  CLUSTER;

  /** As spark-submit takes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
