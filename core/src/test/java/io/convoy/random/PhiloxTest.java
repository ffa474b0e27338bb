package io.convoy.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/** The known-answer vectors of philox4x32-10 in Random123's kat_vectors. */
class PhiloxTest {
  @Test
  void zeros() {
    check(new int[6], 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
  }

  @Test
  void ones() {
    int[] ones = {-1, -1, -1, -1, -1, -1};
    check(ones, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
  }

  @Test
  void digitsOfPi() {
    int[] pi = {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0};
    check(pi, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  /**
   * @param words four of the counter, two of the key
   */
  private static void check(int[] words, int... expected) {
    int[] block = new int[4];
    Philox.block(words[0], words[1], words[2], words[3], words[4], words[5], block);
    assertArrayEquals(expected, block);
  }
}
