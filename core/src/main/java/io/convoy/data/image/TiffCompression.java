package io.convoy.data.image;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks a piece of a TIFF, wholly or not at all. */
final class TiffCompression {
  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int NARROWEST = 9;
  private static final int WIDEST = 12;

  private final FileBytes file;
  private final int piece;
  private final int start;
  private final int length;

  private TiffCompression(FileBytes file, int piece, int start, int length) {
    this.file = file;
    this.piece = piece;
    this.start = start;
    this.length = length;
  }

  /**
   * @param to is filled
   * @throws io.convoy.error.ConvoyException of kind DATA where the piece is damaged, or ends before
   *     it fills the array
   */
  static void unpack(TiffFile image, int piece, byte[] to) {
    int start = (int) image.pieces().offsets()[piece];
    int length = (int) image.pieces().bytes()[piece];
    TiffCompression packed = new TiffCompression(image.file(), piece, start, length);
    int done =
        switch (image.compression()) {
          case NONE -> packed.copy(to);
          case PACK_BITS -> packed.packBits(to);
          case DEFLATE -> packed.inflate(to);
          case LZW -> packed.lzw(to);
        };
    if (done < to.length) {
      throw image
          .file()
          .damaged("piece %s ends after %s of %s bytes".formatted(piece, done, to.length));
    }
  }

  private int copy(byte[] to) {
    int count = Math.min(length, to.length);
    System.arraycopy(file.bytes(), start, to, 0, count);
    return count;
  }

  /** TIFF 6.0, section 9: a count below 0 and a byte to repeat, or a count and bytes. */
  private int packBits(byte[] to) {
    byte[] from = file.bytes();
    int end = start + length;
    int at = start;
    int done = 0;
    while (done < to.length && at + 1 < end) {
      int count = from[at++];
      int given = Math.abs(count) + 1;
      if (count >= 0) {
        int some = Math.min(Math.min(given, end - at), to.length - done);
        System.arraycopy(from, at, to, done, some);
        at += given;
        done += some;
      } else if (count != Byte.MIN_VALUE) {
        for (int i = 0; i < given && done < to.length; i++) {
          to[done++] = from[at];
        }
        at++;
      }
    }
    return done;
  }

  private int inflate(byte[] to) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(file.bytes(), start, length);
      int done = 0;
      int some = 1;
      while (done < to.length && some > 0) {
        some = inflater.inflate(to, done, to.length - done);
        done += some;
      }
      return done;
    } catch (DataFormatException e) {
      throw file.damaged("piece %s: %s".formatted(piece, e.getMessage()));
    } finally {
      inflater.end();
    }
  }

  /** TIFF 6.0, section 13: the highest bit first, and a bit more one code before it is needed. */
  private int lzw(byte[] to) {
    if (length > 1 && file.u8(start) == 0 && (file.u8(start + 1) & 1) == 1) {
      throw file.refused("pixels compressed by LZW as before TIFF 6");
    }
    LzwStrings strings = new LzwStrings(CLEAR, 2);
    int width = NARROWEST;
    int previous = -1;
    int done = 0;
    long bit = 0;
    while (done < to.length && bit + width <= 8L * length) {
      int code = code(bit, width);
      bit += width;
      if (code == END) {
        return done;
      }
      if (code == CLEAR) {
        strings.clear();
        width = NARROWEST;
        previous = -1;
        continue;
      }
      if (!strings.follow(previous, code)) {
        throw file.damaged(
            "piece %s: %s of %s bytes, then code %s".formatted(piece, done, to.length, code));
      }
      if (strings.next() + 1 == 1 << width && width < WIDEST) {
        width++;
      }
      done = strings.write(code, to, done);
      previous = code;
    }
    return done;
  }

  private int code(long bit, int width) {
    int at = start + (int) (bit / 8);
    int end = start + length;
    int three = 0;
    for (int i = 0; i < 3; i++) {
      three = three << 8 | (at + i < end ? file.bytes()[at + i] & 0xFF : 0);
    }
    return three >> (24 - (int) (bit % 8) - width) & ((1 << width) - 1);
  }
}
