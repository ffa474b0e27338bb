package io.convoy.data.image.jpeg;

/** Decodes the blocks of a scan of a progressive image (ITU-T T.81, G.1.2 and G.2). */
final class ProgressiveScan {
  private final BitReader reader;
  private Scan scan;

  /** Blocks that are still to come of a run without new coefficients. */
  private int endOfBandRun;

  /**
   * @param reader of the data
   */
  ProgressiveScan(BitReader reader) {
    this.reader = reader;
  }

  /** Turns to a scan. */
  void start(Scan next) {
    scan = next;
    restart();
  }

  /** Starts anew behind a restart marker. */
  void restart() {
    endOfBandRun = 0;
  }

  /**
   * The DC of a block, its upper bits.
   *
   * @param last the DC of the component's last block, without the lower bits
   * @return the DC of this one, likewise
   */
  int firstDc(HuffmanTable dc, short[] values, int at, int last) {
    int entry = reader.entry(dc);
    int size = entry >> 8 & 15;
    int difference = size == 0 ? entry >> 16 : HuffmanTable.extend(reader.take(size), size);
    reader.requireNotPastEnd();
    values[at] = (short) ((last + difference) << scan.low());
    return last + difference;
  }

  /** The next bit of a block's DC. */
  void refineDc(short[] values, int at) {
    if (reader.take(1) == 1) {
      values[at] |= (short) (1 << scan.low());
    }
    reader.requireNotPastEnd();
  }

  /** A band of a block's coefficients, their upper bits. */
  void firstAc(HuffmanTable ac, short[] values, int at) {
    if (endOfBandRun > 0) {
      endOfBandRun--;
      return;
    }
    int k = scan.first();
    while (k <= scan.last()) {
      int entry = reader.entry(ac);
      int run = entry >> 12 & 15;
      int size = entry >> 8 & 15;
      int value = entry >> 16;
      if (size == 0 && value == 0) {
        if (run < 15) {
          endOfBandRun = (1 << run) - 1 + (run == 0 ? 0 : reader.take(run));
          break;
        }
        k += 16;
        continue;
      }
      k += run;
      if (k > scan.last()) {
        throw outOfBand();
      }
      if (size > 0) {
        value = HuffmanTable.extend(reader.take(size), size);
      }
      values[at + Zigzag.NATURAL[k]] = (short) (value << scan.low());
      k++;
    }
    reader.requireNotPastEnd();
  }

  /** The next bit of a band of a block's coefficients. */
  void refineAc(HuffmanTable ac, short[] values, int at) {
    int bit = 1 << scan.low();
    int k = scan.first();
    if (endOfBandRun == 0) {
      while (k <= scan.last()) {
        int entry = reader.entry(ac);
        int run = entry >> 12 & 15;
        int size = entry >> 8 & 15;
        int value = entry >> 16;
        if (size == 0 && value == 0 && run < 15) {
          endOfBandRun = (1 << run) + (run == 0 ? 0 : reader.take(run));
          break;
        }
        if (size > 0) {
          value = HuffmanTable.extend(reader.take(size), size);
        }
        if (value < -1 || value > 1) {
          throw JpegDamage.damaged("a scan that brings one bit brings a value of %s", value);
        }
        k = refineRun(values, at, k, run, bit);
        if (value != 0) {
          if (k > scan.last()) {
            throw outOfBand();
          }
          values[at + Zigzag.NATURAL[k]] = (short) (value * bit);
        }
        k++;
      }
    }
    if (endOfBandRun > 0) {
      refineRun(values, at, k, Zigzag.BLOCK, bit);
      endOfBandRun--;
    }
    reader.requireNotPastEnd();
  }

  /**
   * Brings a bit to each coefficient that is not zero, up to behind a run of zeros.
   *
   * @return the place of the zero behind the run; behind the band where it ends before
   */
  private int refineRun(short[] values, int at, int from, int run, int bit) {
    int left = run;
    int k = from;
    for (; k <= scan.last(); k++) {
      int index = at + Zigzag.NATURAL[k];
      int value = values[index];
      if (value == 0) {
        if (--left < 0) {
          break;
        }
        continue;
      }
      if (reader.take(1) == 1 && (value & bit) == 0) {
        values[index] += (short) (value > 0 ? bit : -bit);
      }
    }
    return k;
  }

  private static JpegDamage outOfBand() {
    return JpegDamage.damaged("its data hold a run of zeros that leaves its block");
  }
}
