package io.convoy.exchange.connect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HkdfTest {
  private static final HexFormat HEX = HexFormat.of();

  /** RFC 5869, appendix A.1 to A.3; A.2 is the one with ranges of bytes. */
  @ParameterizedTest
  @CsvSource({
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c,"
        + " f0f1f2f3f4f5f6f7f8f9,"
        + " 077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5,"
        + " 3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    "00-4f, 60-af, b0-ff,"
        + " 06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244,"
        + " b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
        + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
        + "cc30c58179ec3e87c14c01d5c1f3434f1d87",
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, '', '',"
        + " 19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04,"
        + " 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
        + "9d201395faa4b61a96c8",
  })
  void meetsTheStandardsVectors(
      String secret, String salt, String info, String pseudorandomKey, String output) {
    byte[] extracted = Hkdf.extract(bytes(salt), bytes(secret));
    assertEquals(pseudorandomKey, HEX.formatHex(extracted));
    byte[] expanded = Hkdf.expand(extracted, output.length() / 2, bytes(info));
    assertEquals(output, HEX.formatHex(expanded));
  }

  @Test
  void piecesOfInfoAreOneBehindTheOther() {
    byte[] key = new byte[32];
    assertArrayEquals(
        Hkdf.expand(key, 64, new byte[] {1, 2, 3}),
        Hkdf.expand(key, 64, new byte[] {1}, new byte[] {2, 3}));
  }

  @Test
  void refusesLengthsThatTheStandardDoesNotHave() {
    assertEquals(8160, Hkdf.expand(new byte[32], 8160).length);
    for (int length : new int[] {0, 8161}) {
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> Hkdf.expand(new byte[32], length));
      assertEquals("length=" + length + " must be from 1 to 8160", error.getMessage());
    }
  }

  /** Hexadecimal digits, or a range of bytes: first-last. */
  private static byte[] bytes(String text) {
    if (!text.contains("-")) {
      return HEX.parseHex(text);
    }
    int first = Integer.parseInt(text.substring(0, 2), 16);
    byte[] range = new byte[Integer.parseInt(text.substring(3), 16) - first + 1];
    for (int i = 0; i < range.length; i++) {
      range[i] = (byte) (first + i);
    }
    return range;
  }
}
