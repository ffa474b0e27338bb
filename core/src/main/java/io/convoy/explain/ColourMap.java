package io.convoy.explain;

/**
 * Colours for numbers from 0 to 1, from dark blue over red to light yellow. Equal steps of the
 * number look equally far apart: neighbours in the table lie 7 to 8 apart in CIELAB (Delta E 1976),
 * and each is lighter than the one before, so that a grey print shows the same.
 */
final class ColourMap {
  /** {@code 0xRRGGBB} in sRGB, evenly from 0 to 1. */
  private static final int[] TABLE = {
    0x041735, 0x061A42, 0x081B4E, 0x0B1B58, 0x121B63, 0x1B1A6E, 0x281878, 0x3A1381, 0x510E83,
    0x630E80, 0x73107C, 0x82137A, 0x911577, 0xA01875, 0xAF1B73, 0xBE1E70, 0xCB206D, 0xD82369,
    0xE42A65, 0xEE3560, 0xF4455C, 0xF7545A, 0xF86459, 0xF9725A, 0xF9805C, 0xFA8E5F, 0xFA9B64,
    0xFBA96B, 0xFCB873, 0xFCC67D, 0xFDD589, 0xFEE397, 0xFEF2A8
  };

  private ColourMap() {}

  /**
   * The colour of a number.
   *
   * @param number those below 0, and NaN, have the colour of 0, those above 1 that of 1
   * @param channel 0 red, 1 green, 2 blue
   * @return in [0, 255]
   */
  static double of(double number, int channel) {
    double place = Math.max(0, Math.min(1, Double.isNaN(number) ? 0 : number)) * (TABLE.length - 1);
    int below = Math.min((int) place, TABLE.length - 2);
    int from = part(below, channel);
    return from + (place - below) * (part(below + 1, channel) - from);
  }

  private static int part(int entry, int channel) {
    return TABLE[entry] >> (16 - 8 * channel) & 0xFF;
  }
}
