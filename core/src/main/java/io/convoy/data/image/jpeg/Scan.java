package io.convoy.data.image.jpeg;

import java.util.ArrayList;
import java.util.List;

/**
 * What a scan header says (ITU-T T.81, B.2.3): which coefficients of which components it brings.
 *
 * @param parts the components, in their order
 * @param first the first coefficient, in the order of the zigzag
 * @param last the last one
 * @param high the bit above those that the scan brings, 0 in a coefficient's first scan
 * @param low the lowest bit that the scan brings
 */
record Scan(List<Part> parts, int first, int last, int high, int low) {
  private static final int TABLES = 4;

  /** The most bits that a scan may leave out. */
  private static final int MOST_LOW = 13;

  /**
   * A component in a scan.
   *
   * @param index of the component in the frame
   * @param dc the number of its Huffman table for DC, 0 to 3
   * @param ac the number of its Huffman table for AC, 0 to 3
   */
  record Part(int index, int dc, int ac) {}

  /** Reads the header of one of a frame's scans. */
  static Scan read(Segment header, Frame frame) {
    int count = header.length() >= 6 ? header.u8(0) : 0;
    if (count < 1 || count > frame.components().size() || header.length() != 4 + 2 * count) {
      throw JpegDamage.damaged("a scan header has a wrong length");
    }
    List<Part> parts = new ArrayList<>();
    int blocks = 0;
    for (int i = 0; i < count; i++) {
      int index = component(frame, header.u8(1 + 2 * i), parts);
      int tables = header.u8(2 + 2 * i);
      if ((tables >> 4) >= TABLES || (tables & 15) >= TABLES) {
        throw JpegDamage.damaged(
            "a scan uses Huffman tables %s and %s; there are 0 to 3", tables >> 4, tables & 15);
      }
      parts.add(new Part(index, tables >> 4, tables & 15));
      blocks += frame.components().get(index).h() * frame.components().get(index).v();
    }
    if (count > 1 && blocks > Frame.MAX_UNIT_BLOCKS) {
      throw JpegDamage.unsupported(
          "a scan interleaves %s blocks; up to %s are read", blocks, Frame.MAX_UNIT_BLOCKS);
    }
    int rest = 1 + 2 * count;
    int bits = header.u8(rest + 2);
    Scan scan =
        new Scan(List.copyOf(parts), header.u8(rest), header.u8(rest + 1), bits >> 4, bits & 15);
    if (frame.progressive() ? !scan.isProgressive() : !scan.isSequential()) {
      throw JpegDamage.damaged(
          "a scan of %s components brings coefficients %s to %s, bits %s to %s: no scan may",
          count, scan.first, scan.last, scan.high, scan.low);
    }
    return scan;
  }

  private static int component(Frame frame, int id, List<Part> taken) {
    for (int index = 0; index < frame.components().size(); index++) {
      int candidate = index;
      if (frame.components().get(index).id() == id
          && taken.stream().noneMatch(part -> part.index() == candidate)) {
        return index;
      }
    }
    throw JpegDamage.damaged("a scan names the component %s, which its frame lacks", id);
  }

  private boolean isSequential() {
    return first == 0 && last == Zigzag.BLOCK - 1 && high == 0 && low == 0;
  }

  /** DC alone, or a band of one component's other coefficients; all their bits, or the next one. */
  private boolean isProgressive() {
    boolean band =
        first == 0 ? last == 0 : first <= last && last < Zigzag.BLOCK && parts.size() == 1;
    return band && low <= MOST_LOW && (high == 0 || low == high - 1);
  }
}
