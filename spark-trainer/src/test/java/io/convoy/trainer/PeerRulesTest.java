package io.convoy.trainer;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerRulesTest {
  @Test
  void anOrdinarySessionMayAndIsPlain() {
    SparkConf conf =
        new SparkConf(false)
            .set("spark.dynamicAllocation.enabled", "false")
            .set("spark.authenticate", "true")
            .set("spark.ssl.enabled", "true"); // of the web pages; Spark's RPC does not inherit it
    assertDoesNotThrow(() -> PeerRules.requireAllowed(conf));
    assertFalse(PeerRules.encrypted(conf));
  }

  @Test
  void whereExecutorsComeAndGoTheDriverDoesIt() {
    SparkConf conf = new SparkConf(false).set("spark.dynamicAllocation.enabled", "true");
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> PeerRules.requireAllowed(conf));
    assertTrue(
        error.getMessage().startsWith("spark.dynamicAllocation.enabled=true takes"),
        error.getMessage());
    assertTrue(error.getMessage().contains("--set sync=driver"), error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.network.crypto.enabled",
        "spark.ssl.rpc.enabled",
        "spark.authenticate.enableSaslEncryption"
      })
  void whereSparkEncryptsPeersDoToo(String key) {
    SparkConf conf = new SparkConf(false).set(key, "true");
    assertDoesNotThrow(() -> PeerRules.requireAllowed(conf));
    assertTrue(PeerRules.encrypted(conf));
    assertFalse(PeerRules.encrypted(conf.set(key, "false")));
  }
}
