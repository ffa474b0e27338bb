package io.convoy.launcher.submit;

/**
 * What it is submitted to.
 *
 * @param master Spark's URL of it: {@code spark://…} or {@code yarn}
 * @param mode where the driver runs
 */
public record Target(String master, DeployMode mode) {
  /** Whether a master is one that spark-submit is called for. */
  public static boolean takes(String master) {
    return master != null && (master.equals("yarn") || master.startsWith("spark://"));
  }

  /** The target that the options name. */
  public static Target of(String master, SubmitOptions options, GivenSettings given) {
    DeployMode mode = options.deployMode();
    if (mode == null) {
      mode =
          given
              .find("spark.submit.deployMode")
              .filter(g -> g.value().equals(DeployMode.CLUSTER.toString()))
              .map(g -> DeployMode.CLUSTER)
              .orElse(DeployMode.CLIENT);
    }
    return new Target(master, mode);
  }

  public boolean yarn() {
    return master.equals("yarn");
  }

  /** Whether the driver runs on one of the cluster's machines. */
  public boolean away() {
    return mode == DeployMode.CLUSTER;
  }

  /** Whether the driver is started by a standalone cluster's worker. */
  boolean onWorker() {
    return away() && !yarn();
  }
}
