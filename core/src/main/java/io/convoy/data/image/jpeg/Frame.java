package io.convoy.data.image.jpeg;

import java.util.ArrayList;
import java.util.List;

/**
 * What a frame header says (ITU-T T.81, B.2.2).
 *
 * @param progressive whether coefficients come in several scans
 * @param height in pixels
 * @param width in pixels
 * @param components 1, 3 or 4
 * @param maxH the largest horizontal sampling factor
 * @param maxV the largest vertical sampling factor
 */
record Frame(
    boolean progressive, int height, int width, List<Component> components, int maxH, int maxV) {

  /** The most blocks that one unit of an interleaved scan may have. */
  static final int MAX_UNIT_BLOCKS = 10;

  /**
   * Reads a frame header.
   *
   * @param marker 0xC0 to 0xCF, without those that begin no frame
   */
  static Frame read(int marker, Segment header) {
    requireRead(marker);
    int count = header.length() >= 6 ? header.u8(5) : 0;
    if (count == 0 || header.length() != 6 + 3 * count) {
      throw JpegDamage.damaged("its frame header has a wrong length");
    }
    if (header.u8(0) != 8) {
      throw JpegDamage.unsupported(
          "it has samples of %s bits; samples of 8 are read", header.u8(0));
    }
    int height = header.u16(1);
    int width = header.u16(3);
    if (height == 0 || width == 0) {
      throw JpegDamage.damaged("it has %sx%s pixels", height, width);
    }
    if (count != 1 && count != 3 && count != 4) {
      throw JpegDamage.unsupported("it has %s components; 1, 3 or 4 are read", count);
    }
    int maxH = 1;
    int maxV = 1;
    for (int i = 0; i < count; i++) {
      int h = header.u8(7 + 3 * i) >> 4;
      int v = header.u8(7 + 3 * i) & 15;
      if (h < 1 || h > 4 || v < 1 || v > 4) {
        throw JpegDamage.damaged("a sampling factor is %sx%s; each is 1 to 4", h, v);
      }
      maxH = Math.max(maxH, h);
      maxV = Math.max(maxV, v);
    }
    if (count == 1) {
      // alone, a component has the image's own resolution, whatever its factors
      maxH = 1;
      maxV = 1;
    }
    Frame frame =
        new Frame(
            marker == 0xC2,
            height,
            width,
            components(header, height, width, maxH, maxV),
            maxH,
            maxV);
    frame.requireWholeFactors();
    return frame;
  }

  private static List<Component> components(
      Segment header, int height, int width, int maxH, int maxV) {
    int count = header.u8(5);
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int stated = header.u8(7 + 3 * i);
      int h = count == 1 ? 1 : stated >> 4;
      int v = count == 1 ? 1 : stated & 15;
      int quantization = header.u8(8 + 3 * i);
      if (quantization > 3) {
        throw JpegDamage.damaged("quantisation table %s; there are 0 to 3", quantization);
      }
      components.add(
          new Component(
              header.u8(6 + 3 * i),
              h,
              v,
              stated & 15,
              quantization,
              ceil((long) width * h, 8 * maxH),
              ceil((long) height * v, 8 * maxV)));
    }
    return List.copyOf(components);
  }

  private static void requireRead(int marker) {
    if (marker > 0xC2) {
      String kind =
          switch (marker) {
            case 0xC9, 0xCA -> "arithmetic coding";
            case 0xC3, 0xCB -> "lossless coding";
            case 0xC5, 0xC6, 0xC7, 0xCD, 0xCE, 0xCF -> "hierarchical coding";
            default -> "coding %s".formatted(marker);
          };
      throw JpegDamage.unsupported(
          "it has %s; baseline, extended and progressive Huffman coding are read", kind);
    }
  }

  /** Components are enlarged by whole factors; libjpeg refuses others too. */
  private void requireWholeFactors() {
    for (Component component : components) {
      if (maxH % component.h() != 0 || maxV % component.v() != 0) {
        throw JpegDamage.unsupported(
            "a component is sampled %sx%s where another is %sx%s: components must be enlarged by"
                + " whole factors",
            component.h(), component.v(), maxH, maxV);
      }
    }
  }

  /** Units of an interleaved scan in a row. */
  int unitColumns() {
    return ceil(width, 8 * maxH);
  }

  /** Rows of units of an interleaved scan. */
  int unitRows() {
    return ceil(height, 8 * maxV);
  }

  static int ceil(long value, int divisor) {
    return (int) ((value + divisor - 1) / divisor);
  }
}
