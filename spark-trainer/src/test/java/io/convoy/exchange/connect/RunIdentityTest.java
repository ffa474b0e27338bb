package io.convoy.exchange.connect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RunIdentityTest {
  @Test
  void anIdentityKeepsItsKeyToItself() {
    assertEquals(
        "run run-7, attempt 3, code 1.0, numerics 1, plain frames", Identities.PLAIN.toString());
    byte[] key = Identities.PLAIN.key();
    key[0]++;
    assertArrayEquals(Identities.KEY, Identities.PLAIN.key());
  }
}
