package io.convoy.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.convoy.exchange.connect.RunIdentity;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RunKeyTest {
  /** RFC 4231, test cases 1 and 6. */
  @Test
  void isHmacSha256() {
    byte[] key = new byte[20];
    Arrays.fill(key, (byte) 0x0b);
    assertEquals(
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7", mixed(key, "Hi There"));
    byte[] longerThanABlock = new byte[131];
    Arrays.fill(longerThanABlock, (byte) 0xaa);
    assertEquals(
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        mixed(longerThanABlock, "Test Using Larger Than Block-Size Key - Hash Key First"));
  }

  private static String mixed(byte[] key, String secret) {
    RunIdentity identity = new RunKey(key, false).identity("run", 1, secret);
    return HexFormat.of().formatHex(identity.key());
  }

  @Test
  void withoutASecretItIsTheRunsOwn() {
    byte[] key = new byte[16];
    key[3] = 5;
    RunIdentity identity = new RunKey(key, true).identity("run", 1, null);
    assertArrayEquals(key, identity.key());
    Release own = Release.OWN;
    assertEquals(new RunIdentity("run", 1, own.code(), own.numerics(), key, true), identity);
  }

  @Test
  void isRandomAndKeepsItselfToItself() {
    byte[] one = RunKey.random(true).identity("run", 1, null).key();
    byte[] two = RunKey.random(true).identity("run", 1, null).key();
    assertEquals(32, one.length);
    assertFalse(Arrays.equals(one, two));
    assertEquals("key of encrypted exchanges", RunKey.random(true).toString());
    assertEquals("key of plain exchanges", RunKey.random(false).toString());
  }
}
