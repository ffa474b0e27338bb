package io.convoy.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RunKeyTest {
  /** RFC 4231, test cases 1 and 2. */
  @Test
  void isHmacSha256() {
    byte[] key = new byte[20];
    Arrays.fill(key, (byte) 0x0b);
    assertEquals(
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        HexFormat.of().formatHex(RunKey.mix(key, "Hi There")));
    assertEquals(
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        HexFormat.of()
            .formatHex(
                RunKey.mix(
                    "Jefe".getBytes(StandardCharsets.US_ASCII), "what do ya want for nothing?")));
  }

  @Test
  void withoutASecretItIsTheRunsOwn() {
    byte[] key = {1, 2, 3};
    assertSame(key, RunKey.mix(key, null));
    assertArrayEquals(new byte[] {1, 2, 3}, key);
  }
}
