package io.convoy.trainer;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerRulesTest {
  @Test
  void anOrdinarySessionMay() {
    SparkConf conf = new SparkConf(false).set("spark.dynamicAllocation.enabled", "false");
    assertDoesNotThrow(() -> PeerRules.requireAllowed(conf));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.dynamicAllocation.enabled",
        "spark.network.crypto.enabled",
        "spark.ssl.rpc.enabled"
      })
  void otherwiseTheDriverDoesIt(String key) {
    SparkConf conf = new SparkConf(false).set(key, "true");
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> PeerRules.requireAllowed(conf));
    assertTrue(error.getMessage().startsWith(key), error.getMessage());
    assertTrue(error.getMessage().contains("--set sync=driver"), error.getMessage());
  }
}
