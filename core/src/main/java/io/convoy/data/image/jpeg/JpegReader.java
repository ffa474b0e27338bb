package io.convoy.data.image.jpeg;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Walks over the markers of a JPEG (ITU-T T.81, annex B), from scan to scan, and keeps what is in
 * force. Junk between segments is passed over and counted; application segments and comments have
 * no part in the pixels.
 */
final class JpegReader {
  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;
  private static final int TABLES = 4;

  private final HuffmanTables huffman = new HuffmanTables();
  private final int[][] quantization = new int[TABLES][];
  private byte[] bytes;
  private int position;
  private Frame frame;
  private int restartInterval;
  private boolean jfif;
  private int adobeTransform;
  private int exifStart;
  private int exifEnd;
  private int extraneousBytes;

  /** Whether some bytes begin as a JPEG does. */
  static boolean matches(byte[] encoded) {
    return encoded.length >= 3
        && (encoded[0] & 0xFF) == 0xFF
        && (encoded[1] & 0xFF) == 0xD8
        && (encoded[2] & 0xFF) == 0xFF;
  }

  /** Turns to a file. */
  void start(byte[] file) {
    bytes = file;
    position = 2;
    frame = null;
    restartInterval = 0;
    jfif = false;
    adobeTransform = -1;
    exifStart = 0;
    exifEnd = 0;
    extraneousBytes = 0;
    huffman.clear();
    Arrays.fill(quantization, null);
  }

  /** Reads up to the next scan's header; null where the image ends before one. */
  Scan nextScan() {
    while (true) {
      int marker = nextMarker();
      if (marker == END_OF_IMAGE) {
        return null;
      }
      if (marker == 0xD8 || marker == 1) {
        continue;
      }
      Segment segment = segment(marker);
      position = segment.end();
      if (marker != START_OF_SCAN) {
        interpret(marker, segment);
        continue;
      }
      if (frame == null) {
        throw JpegDamage.damaged("it has a scan before its frame header");
      }
      return Scan.read(segment, frame);
    }
  }

  /** Moves behind the next marker; what else stands there is counted. */
  private int nextMarker() {
    while (position + 1 < bytes.length) {
      int code = at(position) == 0xFF ? at(position + 1) : 0;
      if (code == 0xFF) {
        position++;
        continue;
      }
      if (code > 0) {
        position += 2;
        return code;
      }
      extraneousBytes++;
      position++;
    }
    throw JpegDamage.damaged(
        "it ends after %s bytes, before its end-of-image marker", bytes.length);
  }

  private Segment segment(int marker) {
    int length = position + 1 < bytes.length ? at(position) << 8 | at(position + 1) : bytes.length;
    if (length < 2) {
      throw JpegDamage.damaged("segment %s has length %s", hex(marker), length);
    }
    if (position + length > bytes.length) {
      throw JpegDamage.damaged(
          "it ends after %s bytes, within segment %s", bytes.length, hex(marker));
    }
    return new Segment(bytes, position + 2, position + length);
  }

  private void interpret(int marker, Segment segment) {
    switch (marker) {
      case 0xC4 -> huffman.define(segment);
      case 0xDB -> defineQuantization(segment);
      case 0xDD -> {
        if (segment.length() != 2) {
          throw JpegDamage.damaged("the definition of the restart interval has a wrong length");
        }
        restartInterval = segment.u16(0);
      }
      case 0xE0 -> jfif |= segment.length() >= 14 && segment.startsWith("JFIF\0");
      case 0xE1 -> {
        if (exifEnd == 0 && segment.startsWith("Exif\0\0")) {
          exifStart = segment.start() + 6;
          exifEnd = segment.end();
        }
      }
      case 0xEE -> {
        if (segment.length() >= 12 && segment.startsWith("Adobe")) {
          adobeTransform = segment.u8(11);
        }
      }
      default -> {
        // of 0xC0 to 0xCF, 0xC8 is reserved and 0xCC belongs to arithmetic coding
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xCC) {
          if (frame != null) {
            throw JpegDamage.damaged("it has two frame headers");
          }
          frame = Frame.read(marker, segment);
        }
      }
    }
  }

  /** Takes the definitions of a DQT segment (ITU-T T.81, B.2.4.1), of 8 or 16 bits. */
  private void defineQuantization(Segment segment) {
    int at = 0;
    while (at < segment.length()) {
      int wide = segment.u8(at) >> 4;
      int number = segment.u8(at) & 15;
      int next = at + 1 + (wide == 0 ? 64 : 128);
      if (wide > 1 || number >= TABLES || next > segment.length()) {
        throw JpegDamage.damaged("a definition of a quantisation table contradicts itself");
      }
      int[] table = new int[Zigzag.NATURAL.length];
      for (int place = 0; place < Zigzag.BLOCK; place++) {
        table[place] = wide == 0 ? segment.u8(at + 1 + place) : segment.u16(at + 1 + 2 * place);
      }
      quantization[number] = table;
      at = next;
    }
  }

  /** Takes the data of the scan whose header was read last. */
  void read(EntropyCodedData data) {
    position = data.read(bytes, position);
  }

  /** The frame; null before its header was read. */
  Frame frame() {
    return frame;
  }

  HuffmanTables huffman() {
    return huffman;
  }

  /** The quantisation table of a component, in the order of the zigzag. */
  int[] quantization(Component component) {
    int[] table = quantization[component.quantization()];
    if (table == null) {
      throw JpegDamage.damaged(
          "quantisation table %s is used but not defined", component.quantization());
    }
    return table;
  }

  /** Units between two restart markers; 0 where there are none. */
  int restartInterval() {
    return restartInterval;
  }

  JpegColours colours() {
    return JpegColours.of(frame.components(), jfif, adobeTransform);
  }

  /** Where the first EXIF segment's TIFF structure begins; {@link #exifEnd} where there is none. */
  int exifStart() {
    return exifStart;
  }

  int exifEnd() {
    return exifEnd;
  }

  /** Bytes between segments so far that belong to none. */
  int extraneousBytes() {
    return extraneousBytes;
  }

  void addExtraneousBytes(int number) {
    extraneousBytes += number;
  }

  private int at(int index) {
    return bytes[index] & 0xFF;
  }

  private static String hex(int marker) {
    return "0x" + HexFormat.of().withUpperCase().toHexDigits((byte) marker);
  }
}
