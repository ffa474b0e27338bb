package io.convoy.data.image;

import java.util.Set;

/**
 * A BMP: a file header of 14 bytes, a header whose length tells its version (OS/2 1 and 2, Windows
 * 3 to 5), masks or a palette, rows from the bottom, or from the top where the height is negative.
 * Read by own code, since the JDK's reader takes memory by claims and passes truncated runs over.
 * The fourth byte of 32-bit pixels is an opacity only where a header from version 3 on gives it a
 * mask, as in Pillow.
 *
 * @param bits of a pixel: 1, 2, 4, 8, 16, 24 or 32
 * @param compression one of the constants of {@link BmpPixels}
 * @param masks of red, green, blue and opacity, for 16 and 32 bits
 * @param start of the pixels
 */
record BmpFile(
    FileBytes file,
    int height,
    int width,
    boolean fromTop,
    int bits,
    int compression,
    Palette palette,
    int[] masks,
    int start)
    implements WholeImageFile {
  private static final int HEADER = 14;
  private static final int OS2_HEADER = 12;
  private static final int WINDOWS_HEADER = 40;
  private static final Set<Integer> HEADERS = Set.of(OS2_HEADER, 40, 52, 56, 64, 108, 124);

  static boolean matches(byte[] start) {
    return FileBytes.startsWith(start, 0, "BM");
  }

  static BmpFile parse(byte[] encoded, String name) {
    return new Scan(new FileBytes("BMP", name, encoded, true)).run();
  }

  @Override
  public Orientation orientation() {
    return Orientation.UPRIGHT;
  }

  @Override
  public Samples decode(ImageReaders readers) {
    return new BmpPixels(this).samples();
  }

  /** The bytes of a row; each is filled up to a multiple of four. */
  long stride() {
    return ((long) width * bits + 31) / 32 * 4;
  }

  /** Reads the headers. */
  private static final class Scan {
    private static final int[] MASKS_OF_555 = {0x7C00, 0x3E0, 0x1F, 0};
    private static final int[] MASKS_OF_8888 = {0xFF0000, 0xFF00, 0xFF, 0};

    private final FileBytes file;
    private final long header;
    private final boolean os2;

    Scan(FileBytes file) {
      this.file = file;
      this.header = file.u32(HEADER);
      this.os2 = header == OS2_HEADER;
    }

    BmpFile run() {
      if (header > Integer.MAX_VALUE || !HEADERS.contains((int) header)) {
        throw file.damaged("a header of %s bytes".formatted(header));
      }
      file.require(HEADER, header);
      int width = os2 ? file.u16(HEADER + 4) : file.i32(HEADER + 4);
      int height = os2 ? file.u16(HEADER + 6) : file.i32(HEADER + 8);
      int bits = file.u16(HEADER + (os2 ? 10 : 14));
      long compression = os2 ? 0 : file.u32(HEADER + 16);
      if (width < 1 || height == 0 || height == Integer.MIN_VALUE) {
        throw file.damaged("%sx%s pixels".formatted(height, width));
      }
      long start = file.u32(10);
      file.require(start, 1);
      if (start < HEADER + header) {
        throw file.damaged("its pixels begin at byte %s, in its header".formatted(start));
      }
      BmpFile read =
          new BmpFile(
              file,
              Math.abs(height),
              width,
              height < 0,
              bits,
              kind(compression, bits, height < 0),
              bits <= 8 ? palette(bits) : new Palette(new int[0]),
              masks(compression, bits),
              (int) start);
      if (!BmpPixels.inRuns(read.compression)) {
        // the last row need not be filled up
        long rows = read.stride() * (read.height - 1) + PackedRows.bytes((long) width * bits);
        file.require(start, rows);
      }
      return read;
    }

    private int kind(long compression, int bits, boolean fromTop) {
      boolean fits =
          switch (bits) {
            case 1, 2, 24 -> compression == BmpPixels.PLAIN;
            case 4 -> compression == BmpPixels.PLAIN || compression == BmpPixels.RUNS_OF_4;
            case 8 -> compression == BmpPixels.PLAIN || compression == BmpPixels.RUNS_OF_8;
            case 16, 32 ->
                compression == BmpPixels.PLAIN
                    || compression == BmpPixels.MASKS
                    || compression == BmpPixels.MASKS_AND_OPACITY;
            default -> false;
          };
      if (compression == 4 || compression == 5) {
        throw file.refused("a whole %s image".formatted(compression == 4 ? "JPEG" : "PNG"));
      }
      if (header == 64 && compression >= BmpPixels.MASKS) {
        throw file.refused("an OS/2 image that is compressed by Huffman's or RLE24's way");
      }
      if (!fits || (fromTop && BmpPixels.inRuns((int) compression))) {
        throw file.damaged("compression %s of %s bits a pixel".formatted(compression, bits));
      }
      return (int) compression;
    }

    private Palette palette(int bits) {
      long claimed = os2 ? 0 : file.u32(HEADER + 32);
      int most = 1 << bits;
      int colours = claimed == 0 || claimed > most ? most : (int) claimed;
      int step = os2 ? 3 : 4;
      long start = HEADER + header;
      long room = Math.max(0, (Math.min(file.u32(10), file.length()) - start) / step);
      int[] argb = new int[(int) Math.min(colours, room)];
      for (int i = 0; i < argb.length; i++) {
        long at = start + (long) step * i;
        argb[i] = 0xFF << 24 | file.u8(at + 2) << 16 | file.u8(at + 1) << 8 | file.u8(at);
      }
      return new Palette(argb);
    }

    private int[] masks(long compression, int bits) {
      if (bits != 16 && bits != 32) {
        return new int[0];
      }
      if (compression == BmpPixels.PLAIN) {
        return bits == 16 ? MASKS_OF_555 : MASKS_OF_8888;
      }
      boolean opacity = compression == BmpPixels.MASKS_AND_OPACITY || header >= 56;
      int[] masks = new int[4];
      for (int i = 0; i < (opacity ? 4 : 3); i++) {
        // the masks lie behind a short header, and are the next part of a long one
        masks[i] = file.i32(HEADER + WINDOWS_HEADER + 4L * i);
        if (!isRun(masks[i], bits) || (i < 3 && masks[i] == 0)) {
          throw file.damaged(
              "colours of bits 0x%s of a pixel".formatted(Integer.toHexString(masks[i])));
        }
      }
      return masks;
    }

    /** Whether bits stand together, inside of a pixel. */
    private static boolean isRun(int mask, int bits) {
      long shifted = mask == 0 ? 0 : (mask & 0xFFFFFFFFL) >> Integer.numberOfTrailingZeros(mask);
      return (shifted & shifted + 1) == 0 && (mask & 0xFFFFFFFFL) < 1L << bits;
    }
  }
}
