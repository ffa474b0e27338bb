package io.convoy.data.image;

/**
 * The first page of a TIFF (TIFF 6.0): what its directory says of the pixels. Read by own code:
 * libraries lead every kind through the JDK's colour management, and take memory by claims.
 *
 * @param samples of a pixel, the extra ones too
 * @param bits of a sample: 1, 2, 4, 8 or 16
 */
record TiffFile(
    FileBytes file,
    int height,
    int width,
    Orientation orientation,
    Colours colours,
    Samples.Alpha alpha,
    int samples,
    int bits,
    boolean planar,
    boolean differences,
    Compression compression,
    Palette palette,
    TiffPieces pieces)
    implements WholeImageFile {
  /** What samples mean. */
  enum Colours {
    WHITE_IS_ZERO,
    BLACK_IS_ZERO,
    RGB,
    PALETTE;

    /** Samples of a pixel, without an opacity. */
    int count() {
      return this == RGB ? 3 : 1;
    }
  }

  /** How pieces are compressed. */
  enum Compression {
    NONE,
    LZW,
    DEFLATE,
    PACK_BITS
  }

  static boolean matches(byte[] start) {
    return FileBytes.startsWith(start, 0, "II*\0")
        || FileBytes.startsWith(start, 0, "MM\0*")
        || FileBytes.startsWith(start, 0, "II+\0")
        || FileBytes.startsWith(start, 0, "MM\0+");
  }

  static TiffFile parse(byte[] encoded, String name) {
    FileBytes file = new FileBytes("TIFF", name, encoded, encoded[0] == 'I');
    if (file.u16(2) != 42) {
      throw file.refused("offsets of 64 bits (BigTIFF)");
    }
    return new TiffHeader(TiffDirectory.read(file)).read();
  }

  @Override
  public Samples decode(ImageReaders readers) {
    return new TiffPixels(this).samples();
  }

  /** The samples that are stored together: all of a pixel, or one where each has its plane. */
  int together() {
    return planar ? 1 : samples;
  }

  /** The bytes of a row of a piece. */
  long rowBytes(long pixels) {
    return PackedRows.bytes(pixels * together() * bits);
  }
}
