package io.convoy.data.image.webp;

import java.util.Arrays;

/** Decodes a key frame of VP8 (RFC 6386) to RGB. */
public final class Frame {
  private static final int TAG = 3;
  private static final int HEADER = 10;

  private final int height;
  private final int width;
  private final int rows;
  private final int columns;
  private final BoolReader modes;
  private final Header header;
  private final Coefficients coefficients;
  private final Plane luma;
  private final Plane blue;
  private final Plane red;
  private final PartPrediction parts = new PartPrediction();

  // the modes of the parts above each column of parts, and to the left of each row of them
  private final Mode[] above;
  private final Mode[] left = new Mode[4];
  private final FilterStrength[] strengths;
  private final boolean[] within;

  private Frame(byte[] bytes, int start, int end, int height, int width) {
    this.height = height;
    this.width = width;
    rows = (height + 15) / 16;
    columns = (width + 15) / 16;
    int tag =
        (bytes[start] & 0xFF) | (bytes[start + 1] & 0xFF) << 8 | (bytes[start + 2] & 0xFF) << 16;
    int first = tag >> 5;
    boolean shown = (tag & 0x10) != 0;
    if ((tag & 1) != 0 || !shown || (tag >> 1 & 7) > 3 || first > end - start - HEADER) {
      throw new DamagedFrameException("it is no key frame that is shown, or ends early");
    }
    modes = new BoolReader(bytes, start + HEADER, start + HEADER + first);
    header = Header.read(modes, bytes, start + HEADER + first, end);
    coefficients = new Coefficients(header.coefficients(), columns);
    luma = Plane.of(rows, columns, 16);
    blue = Plane.of(rows, columns, 8);
    red = Plane.of(rows, columns, 8);
    above = new Mode[4 * columns];
    Arrays.fill(above, Mode.MEAN);
    strengths = new FilterStrength[rows * columns];
    within = new boolean[rows * columns];
  }

  /**
   * The height and width that a frame has by its header, as {@code [height, width]}.
   *
   * @param start of the frame, which is at least 10 bytes long
   * @throws DamagedFrameException where it does not begin as a frame
   */
  public static int[] size(byte[] bytes, int start) {
    int code = start + TAG;
    if ((bytes[code] & 0xFF) != 0x9D || bytes[code + 1] != 0x01 || bytes[code + 2] != 0x2A) {
      throw new DamagedFrameException("it does not begin as a frame");
    }
    int width = ((bytes[start + 6] & 0xFF) | (bytes[start + 7] & 0xFF) << 8) & 0x3FFF;
    int height = ((bytes[start + 8] & 0xFF) | (bytes[start + 9] & 0xFF) << 8) & 0x3FFF;
    return new int[] {height, width};
  }

  /**
   * Decodes a frame.
   *
   * @param start of the frame in the bytes
   * @param end behind its last byte
   * @return RGB, row by row
   * @throws DamagedFrameException where its data end early
   */
  public static byte[] decode(byte[] bytes, int start, int end) {
    int[] size = size(bytes, start);
    Frame frame = new Frame(bytes, start, end, size[0], size[1]);
    frame.reconstruct();
    frame.smooth();
    return new Colours(frame.luma, frame.blue, frame.red).rgb(frame.height, frame.width);
  }

  private void reconstruct() {
    for (int row = 0; row < rows; row++) {
      BoolReader in = header.partitions()[row % header.partitions().length];
      Arrays.fill(left, Mode.MEAN);
      coefficients.startRow();
      for (int column = 0; column < columns; column++) {
        block(in, row, column);
      }
    }
  }

  private void block(BoolReader in, int row, int column) {
    int[] p = header.segmentProbabilities();
    int segment = 0;
    if (header.segments()) {
      segment = modes.bit(p[0]) == 0 ? modes.bit(p[1]) : 2 + modes.bit(p[2]);
    }
    boolean skipped = header.skipProbability() >= 0 && modes.bit(header.skipProbability()) == 1;
    Mode whole = Mode.ofLuma(modes);
    Mode[] own = partModes(whole, column);
    Mode chroma = Mode.ofChroma(modes);
    boolean some = false;
    if (skipped) {
      coefficients.skip(column, whole != null);
    } else {
      some = coefficients.read(in, column, whole != null, header.quantizers()[segment]);
    }
    strengths[row * columns + column] = header.filter()[segment][whole == null ? 1 : 0];
    within[row * columns + column] = some || whole == null;
    luma(row, column, whole, own);
    WholePrediction.predict(blue, chroma, row, column);
    addAll(blue, row, column, 16);
    WholePrediction.predict(red, chroma, row, column);
    addAll(red, row, column, 20);
  }

  /** Reads the modes of 16 parts, or takes the mode of the whole for each of them. */
  private Mode[] partModes(Mode whole, int column) {
    Mode[] own = new Mode[16];
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        int up = 4 * column + x;
        Mode mode = whole == null ? Mode.ofPart(modes, above[up], left[y]) : whole;
        own[4 * y + x] = mode;
        above[up] = mode;
        left[y] = mode;
      }
    }
    return own;
  }

  private void luma(int row, int column, Mode whole, Mode[] own) {
    if (whole != null) {
      WholePrediction.predict(luma, whole, row, column);
      addAll(luma, row, column, 0);
      return;
    }
    boolean last = row > 0 && column == columns - 1;
    int corner = luma.at(16 * row - 1, 16 * column + (last ? 15 : 16));
    for (int i = 0; i < 16; i++) {
      int y = 16 * row + i / 4 * 4;
      int x = 16 * column + i % 4 * 4;
      // the last parts of all four rows see the pixels above the block to the right
      boolean edge = i % 4 == 3;
      int right = edge ? corner : luma.at(y - 1, x + 4);
      parts.predict(luma, own[i], y, x, right, edge && last);
      Transform.add(coefficients.values, 16 * i, luma.pixels(), luma.at(y, x), luma.stride());
    }
  }

  private void addAll(Plane plane, int row, int column, int block) {
    int across = plane.side() / 4;
    for (int i = 0; i < across * across; i++) {
      int y = row * plane.side() + i / across * 4;
      int x = column * plane.side() + i % across * 4;
      Transform.add(
          coefficients.values, 16 * (block + i), plane.pixels(), plane.at(y, x), plane.stride());
    }
  }

  private void smooth() {
    for (int i = 0; i < strengths.length; i++) {
      if (strengths[i].limit() == 0) {
        continue;
      }
      int row = i / columns;
      int column = i % columns;
      LoopFilter.smooth(luma, row, column, strengths[i], within[i], header.simpleFilter());
      if (!header.simpleFilter()) {
        LoopFilter.smooth(blue, row, column, strengths[i], within[i], false);
        LoopFilter.smooth(red, row, column, strengths[i], within[i], false);
      }
    }
  }
}
