package io.convoy.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StorePatienceTest {
  private int tries;

  private String fail(ConvoyException error, int times) {
    tries++;
    if (tries <= times) {
      throw error;
    }
    return "done";
  }

  private static ConvoyException away() {
    return new StoreUnavailableException("away", new IOException("connection refused"));
  }

  @Test
  void anOutageIsWaitedFor() {
    StorePatience patience = new StorePatience(Duration.ofMinutes(10));
    assertEquals("done", patience.keepTrying(() -> fail(away(), 2)));
    assertEquals(3, tries);
  }

  @Test
  void anErrorThatStaysIsNot() {
    StorePatience patience = new StorePatience(Duration.ofMinutes(10));
    ConvoyException denied = ConvoyException.resource("permission denied");
    assertSame(
        denied,
        assertThrows(ConvoyException.class, () -> patience.keepTrying(() -> fail(denied, 9))));
    assertEquals(1, tries);
  }

  @Test
  void patienceHasAnEnd() {
    StorePatience patience = new StorePatience(Duration.ofSeconds(1));
    ConvoyException error =
        assertThrows(
            ConvoyException.class,
            () -> patience.keepTrying(() -> fail(away(), Integer.MAX_VALUE)));
    assertEquals("away (tried for 1 s, which checkpoint.retryMinutes bounds)", error.getMessage());
    assertTrue(tries > 1);
  }

  @Test
  void withoutPatienceTheFirstErrorIsThrownAsItIs() {
    ConvoyException away = away();
    assertSame(
        away,
        assertThrows(
            ConvoyException.class, () -> StorePatience.NONE.keepTrying(() -> fail(away, 9))));
  }
}
