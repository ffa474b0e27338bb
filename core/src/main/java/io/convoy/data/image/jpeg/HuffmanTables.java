package io.convoy.data.image.jpeg;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The Huffman tables in force. A table that a file defines as the last one did is kept as it was
 * built: most files of a set share theirs.
 */
final class HuffmanTables {
  private static final int SLOTS = 4;

  /** The tables that most encoders write, and that motion JPEG leaves out (T.81, annex K.3). */
  private static final HuffmanTable[] STANDARD = {
    standard("00010501010101010100000000000000", "000102030405060708090A0B"),
    standard("00030101010101010101010000000000", "000102030405060708090A0B"),
    standard(
        "0002010303020403050504040000017D",
        "01020300041105122131410613516107227114328191A1082342B1C11552D1F02433627282090A161718191A25262728292A3435363738393A434445464748494A535455565758595A636465666768696A737475767778797A838485868788898A92939495969798999AA2A3A4A5A6A7A8A9AAB2B3B4B5B6B7B8B9BAC2C3C4C5C6C7C8C9CAD2D3D4D5D6D7D8D9DAE1E2E3E4E5E6E7E8E9EAF1F2F3F4F5F6F7F8F9FA"),
    standard(
        "00020102040403040705040400010277",
        "000102031104052131061241510761711322328108144291A1B1C109233352F0156272D10A162434E125F11718191A262728292A35363738393A434445464748494A535455565758595A636465666768696A737475767778797A82838485868788898A92939495969798999AA2A3A4A5A6A7A8A9AAB2B3B4B5B6B7B8B9BAC2C3C4C5C6C7C8C9CAD2D3D4D5D6D7D8D9DAE2E3E4E5E6E7E8E9EAF2F3F4F5F6F7F8F9FA")
  };

  /** What was built last for each slot: DC 0 to 3, then AC 0 to 3. */
  private final HuffmanTable[] built = new HuffmanTable[2 * SLOTS];

  private final HuffmanTable[] inForce = new HuffmanTable[2 * SLOTS];

  private static HuffmanTable standard(String counts, String values) {
    return new HuffmanTable(HexFormat.of().parseHex(counts + values));
  }

  /** Forgets what the last file defined. */
  void clear() {
    Arrays.fill(inForce, null);
  }

  /** Takes the definitions of a DHT segment (ITU-T T.81, B.2.4.2). */
  void define(Segment segment) {
    int at = 0;
    while (at + 17 <= segment.length()) {
      int name = segment.u8(at);
      int values = 0;
      for (int length = 1; length <= 16; length++) {
        values += segment.u8(at + length);
      }
      int next = at + 17 + values;
      if (values > 256 || next > segment.length() || (name & 15) >= SLOTS || name >> 4 > 1) {
        throw JpegDamage.damaged("a definition of a Huffman table contradicts itself");
      }
      int slot = (name >> 4) * SLOTS + (name & 15);
      byte[] definition = segment.copy(at + 1, next);
      if (built[slot] == null || !built[slot].isDefinedBy(definition)) {
        HuffmanTable table = new HuffmanTable(definition);
        if (slot < SLOTS) {
          table.requireSizesOnly();
        }
        built[slot] = table;
      }
      inForce[slot] = built[slot];
      at = next;
    }
    if (at != segment.length()) {
      throw JpegDamage.damaged("a definition of a Huffman table has a wrong length");
    }
  }

  HuffmanTable dc(int number) {
    return table(number, 0, "DC");
  }

  HuffmanTable ac(int number) {
    return table(number, SLOTS, "AC");
  }

  private HuffmanTable table(int number, int first, String kind) {
    HuffmanTable table = inForce[first + number];
    if (table != null) {
      return table;
    }
    if (number > 1) {
      throw JpegDamage.damaged("Huffman table %s %s is used but not defined", kind, number);
    }
    return STANDARD[first / 2 + number];
  }
}
