package io.convoy.data.image.jpeg;

/** Goes through the data of a scan, from restart marker to restart marker. */
final class ScanPieces {
  private final BitReader reader = new BitReader();
  private EntropyCodedData data;
  private int interval;
  private int unitsToGo;
  private int piece;
  private int unusedBytes;

  /** What reads the bits of the piece in turn. */
  BitReader reader() {
    return reader;
  }

  /**
   * Turns to the data of a scan.
   *
   * @param restartInterval units between two markers; 0 where there are none
   */
  void start(EntropyCodedData data, int restartInterval) {
    this.data = data;
    interval = restartInterval == 0 ? Integer.MAX_VALUE : restartInterval;
    unitsToGo = interval;
    piece = 0;
    unusedBytes = 0;
    data.open(0, reader);
  }

  /**
   * Goes on by one unit.
   *
   * @return whether a restart marker stands before it, so that decoding starts anew
   */
  boolean next() {
    if (unitsToGo > 0) {
      unitsToGo--;
      return false;
    }
    unusedBytes += reader.unusedBytes();
    data.open(++piece, reader);
    unitsToGo = interval - 1;
    return true;
  }

  /** Ends the scan; returns how many bytes stood behind the last unit of a piece. */
  int finish() {
    if (piece + 1 < data.pieces()) {
      throw JpegDamage.damaged("its data go on behind the image's end");
    }
    return unusedBytes + reader.unusedBytes();
  }
}
