package io.convoy.launcher.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class MasterProbeTest {
  @Test
  void oneOfSeveralIsEnough() throws IOException {
    try (ServerSocket master = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String there = "127.0.0.1:" + master.getLocalPort();
      assertDoesNotThrow(() -> MasterProbe.requireAnswer("spark://" + there));
      assertDoesNotThrow(() -> MasterProbe.requireAnswer("spark://127.0.0.1:1," + there));
    }
  }

  @Test
  void nobodyIsToldInOneLine() throws IOException {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    String master = "spark://127.0.0.1:" + port;
    ConvoyException error = refused(master);
    assertEquals(ConvoyException.Kind.RESOURCE, error.kind());
    assertEquals(
        "no Spark master listens at "
            + master
            + " (Connection refused): look for a mistyped host or port, or start it"
            + " (scripts/cluster start starts one on this machine)",
        error.getMessage());
  }

  @Test
  void hostsAndPortsThatCannotBe() {
    assertTrue(
        refused("spark://no.such.host.invalid:7077").getMessage().contains("no such host: "));
    assertTrue(refused("spark://127.0.0.1:70770").getMessage().contains("no such port: 70770"));
    assertTrue(refused("spark://127.0.0.1:7077777").getMessage().contains("no such port: 7077777"));
  }

  @Test
  void otherMastersAreLeftAlone() {
    assertDoesNotThrow(() -> MasterProbe.requireAnswer("local[2]"));
    assertDoesNotThrow(() -> MasterProbe.requireAnswer("yarn"));
  }

  private static ConvoyException refused(String master) {
    return assertThrows(ConvoyException.class, () -> MasterProbe.requireAnswer(master));
  }
}
