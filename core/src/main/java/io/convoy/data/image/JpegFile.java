package io.convoy.data.image;

import io.convoy.error.ConvoyException;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/**
 * What the markers of a JPEG say (ITU-T T.81, annex B), read before anything is decoded; proof that
 * the file has an end; and the file cut down to the segments that make its pixels. Application
 * segments, comments and junk between segments have no part in the result and cannot trip the
 * decoder.
 *
 * @param height stored height in pixels, before the orientation is applied
 * @param width stored width in pixels
 * @param critical the tables and the frame header, then all from the first scan to the end of image
 */
record JpegFile(
    int height,
    int width,
    int components,
    ColourModel colours,
    Orientation orientation,
    byte[] critical) {

  static boolean matches(byte[] encoded) {
    return encoded.length >= 3
        && (encoded[0] & 0xFF) == 0xFF
        && (encoded[1] & 0xFF) == 0xD8
        && (encoded[2] & 0xFF) == 0xFF;
  }

  /**
   * @throws ConvoyException of kind DATA, with the name, where the markers contradict themselves or
   *     the file ends before its end-of-image marker
   */
  static JpegFile parse(byte[] encoded, String name) {
    return new Scan(encoded, name).run();
  }

  /** One walk over the markers. */
  private static final class Scan {
    private static final int END_OF_IMAGE = 0xD9;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;

    private static final int START_OF_SCAN = 0xDA;

    private final byte[] bytes;
    private final String name;
    private final ByteArrayOutputStream critical;
    private int position = 2;
    private int firstScan = -1;
    private int frame = -1;
    private boolean jfif;
    private int adobeTransform = -1;
    private Orientation orientation;

    Scan(byte[] bytes, String name) {
      this.bytes = bytes;
      this.name = name;
      this.critical = new ByteArrayOutputStream(bytes.length);
    }

    JpegFile run() {
      critical.write(bytes, 0, 2);
      int marker = nextMarker();
      while (marker != END_OF_IMAGE) {
        segment(marker);
        marker = nextMarker();
      }
      if (frame < 0) {
        throw damaged("there is no frame header");
      }
      if (firstScan < 0) {
        throw damaged("there is no scan");
      }
      critical.write(bytes, firstScan, position - firstScan);
      return file();
    }

    /**
     * Moves behind the next marker. Filling bytes, entropy-coded data (stuffed zeros, restart
     * markers) and junk between segments are passed over.
     */
    private int nextMarker() {
      while (position + 1 < bytes.length) {
        int code = at(position) == 0xFF ? at(position + 1) : 0;
        boolean restart = code >= 0xD0 && code <= 0xD7;
        if (code > 1 && code != 0xFF && !restart) {
          position += 2;
          return code;
        }
        position++;
      }
      throw truncated();
    }

    private void segment(int marker) {
      if (marker == 0xD8) {
        return;
      }
      int length = position + 1 < bytes.length ? u16(position) : 0;
      if (position + Math.max(length, 2) > bytes.length) {
        throw truncated();
      }
      if (length < 2) {
        throw damaged("segment %s has length %s".formatted(hex(marker), length));
      }
      int start = position + 2;
      int end = position + length;
      position = end;
      if (marker == START_OF_SCAN && firstScan < 0) {
        firstScan = start - 4;
      }
      if (firstScan < 0 && isCritical(marker)) {
        critical.write(bytes, start - 4, length + 2);
      }
      interpret(marker, start, end);
    }

    /** Frame headers, tables of Huffman and arithmetic coding, quantisation and restarts. */
    private static boolean isCritical(int marker) {
      return (marker >= 0xC0 && marker <= 0xCF) || marker == 0xDB || marker == 0xDD;
    }

    private void interpret(int marker, int start, int end) {
      boolean isFrame =
          marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
      if (isFrame) {
        frame(marker, start, end);
      } else if (marker == APP0 && end - start >= 14 && startsWith(start, end, "JFIF\0")) {
        jfif = true;
      } else if (marker == APP1 && orientation == null && startsWith(start, end, "Exif\0\0")) {
        orientation = Orientation.ofExif(ExifOrientation.code(bytes, start + 6, end));
      } else if (marker == APP14 && end - start >= 12 && startsWith(start, end, "Adobe")) {
        adobeTransform = at(start + 11);
      }
    }

    private void frame(int marker, int start, int end) {
      // lossless and arithmetic-coded frames say too little of their colours, or are read by few
      if (marker > 0xC2) {
        throw damaged("frame type %s; baseline and progressive are read".formatted(hex(marker)));
      }
      if (frame >= 0) {
        throw damaged("there are two frame headers");
      }
      int count = end - start >= 6 ? at(start + 5) : 0;
      if (count == 0 || end - start < 6 + 3 * count) {
        throw damaged("the frame header is too short");
      }
      if (at(start) != 8) {
        throw damaged("samples of %s bits; 8 are read".formatted(at(start)));
      }
      if (u16(start + 1) == 0 || u16(start + 3) == 0) {
        throw damaged("%sx%s pixels".formatted(u16(start + 1), u16(start + 3)));
      }
      frame = start;
    }

    private JpegFile file() {
      int count = at(frame + 5);
      ColourModel colours =
          switch (count) {
            case 1 -> ColourModel.GREY;
            case 3 -> threeComponents();
            case 4 -> fourComponents();
            default -> throw damaged("%s components; 1, 3 or 4 are read".formatted(count));
          };
      return new JpegFile(
          u16(frame + 1),
          u16(frame + 3),
          count,
          colours,
          orientation == null ? Orientation.UPRIGHT : orientation,
          critical.toByteArray());
    }

    // the rules of libjpeg's jdapimin.c, which all readers of JPEG follow
    private ColourModel threeComponents() {
      if (jfif) {
        return ColourModel.YCBCR;
      }
      if (adobeTransform >= 0) {
        return adobeTransform == 0 ? ColourModel.RGB : ColourModel.YCBCR;
      }
      boolean named = at(frame + 6) == 'R' && at(frame + 9) == 'G' && at(frame + 12) == 'B';
      return named ? ColourModel.RGB : ColourModel.YCBCR;
    }

    private ColourModel fourComponents() {
      if (adobeTransform < 0) {
        return ColourModel.CMYK;
      }
      return adobeTransform == 0 ? ColourModel.INVERTED_CMYK : ColourModel.INVERTED_YCCK;
    }

    private boolean startsWith(int start, int end, String text) {
      if (end - start < text.length()) {
        return false;
      }
      for (int i = 0; i < text.length(); i++) {
        if (at(start + i) != text.charAt(i)) {
          return false;
        }
      }
      return true;
    }

    private int at(int index) {
      return bytes[index] & 0xFF;
    }

    private int u16(int index) {
      return at(index) << 8 | at(index + 1);
    }

    private ConvoyException truncated() {
      return ConvoyException.data(
          "%s: the JPEG has no end-of-image marker: it is truncated after %d bytes; fetch it again"
              + " or take it out of the folder",
          name, bytes.length);
    }

    private static String hex(int marker) {
      return "0x" + HexFormat.of().withUpperCase().toHexDigits((byte) marker);
    }

    private ConvoyException damaged(String reason) {
      return ConvoyException.data(
          "%s: the JPEG cannot be read (%s): replace it or take it out of the folder",
          name, reason);
    }
  }
}
