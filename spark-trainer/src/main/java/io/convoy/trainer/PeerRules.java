package io.convoy.trainer;

import io.convoy.error.ConvoyException;
import java.util.List;
import org.apache.spark.SparkConf;

/** Where peers may not talk to one another, training goes by {@code sync: driver} instead. */
final class PeerRules {
  private static final List<String> ENCRYPTION =
      List.of("spark.network.crypto.enabled", "spark.ssl.rpc.enabled");

  private PeerRules() {}

  /**
   * @throws ConvoyException of kind USAGE when the session's settings rule peers out
   */
  static void requireAllowed(SparkConf conf) {
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      throw ConvoyException.usage(
          "spark.dynamicAllocation.enabled=true takes executors away that train in step: turn it"
              + " off, or use sync: driver (--set sync=driver), which gives the same weights");
    }
    for (String key : ENCRYPTION) {
      if (conf.getBoolean(key, false)) {
        throw ConvoyException.usage(
            "%s=true asks for encryption, which the exchange among executors does not have: use"
                + " sync: driver (--set sync=driver), which goes over Spark's own connections and"
                + " gives the same weights",
            key);
      }
    }
  }
}
