package io.convoy.trainer;

import io.convoy.error.ConvoyException;
import java.util.List;
import org.apache.spark.SparkConf;

/** What the session's settings mean for executors that talk to one another. */
final class PeerRules {
  /** Each of them asks Spark to encrypt what goes between its processes. */
  private static final List<String> ENCRYPTION =
      List.of(
          "spark.network.crypto.enabled",
          "spark.ssl.rpc.enabled",
          "spark.authenticate.enableSaslEncryption");

  private PeerRules() {}

  /**
   * Where peers may not talk to one another, training goes by {@code sync: driver} instead.
   *
   * @throws ConvoyException of kind USAGE when the session's settings rule peers out
   */
  static void requireAllowed(SparkConf conf) {
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      throw ConvoyException.usage(
          "spark.dynamicAllocation.enabled=true takes executors away that train in step: turn it"
              + " off, or use sync: driver (--set sync=driver), which gives the same weights");
    }
  }

  /** Whether peers encrypt what they exchange: wherever Spark is asked to encrypt its own. */
  static boolean encrypted(SparkConf conf) {
    return ENCRYPTION.stream().anyMatch(key -> conf.getBoolean(key, false));
  }
}
