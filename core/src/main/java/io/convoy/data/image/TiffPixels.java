package io.convoy.data.image;

/** The pixels of a TIFF: piece after piece is unpacked, and laid where it belongs. */
final class TiffPixels {
  private final TiffFile image;
  private final TiffPieces pieces;
  private final int kept;

  TiffPixels(TiffFile image) {
    this.image = image;
    this.pieces = image.pieces();
    this.kept = image.colours().count() + (image.alpha() == Samples.Alpha.NONE ? 0 : 1);
  }

  Samples samples() {
    byte[] to =
        new byte[Math.multiplyExact(Math.multiplyExact(image.height(), image.width()), kept)];
    byte[] piece = new byte[0];
    for (int i = 0; i < pieces.offsets().length; i++) {
      int plane = i / (pieces.across() * pieces.down());
      if (plane < kept) {
        int bytes = Math.toIntExact(pieceBytes(i));
        piece = piece.length == bytes ? piece : new byte[bytes];
        TiffCompression.unpack(image, i, piece);
        place(piece, i, plane, to);
      }
    }
    Components components = new Components(image.height(), image.width(), kept, to);
    if (image.colours() == TiffFile.Colours.PALETTE) {
      return image.palette().lookUp(to, image.height(), image.width(), image.file());
    }
    return new Samples(
        components,
        image.colours() == TiffFile.Colours.RGB ? ColourModel.RGB : ColourModel.GREY,
        image.alpha());
  }

  /** The bytes of an unpacked piece: the last strip may be shorter, tiles are whole. */
  long pieceBytes(int piece) {
    return image.rowBytes(pieces.width()) * rows(piece, pieces.tiles());
  }

  private int top(int piece) {
    return piece / pieces.across() % pieces.down() * pieces.height();
  }

  private int rows(int piece, boolean whole) {
    return whole ? pieces.height() : Math.min(pieces.height(), image.height() - top(piece));
  }

  private void place(byte[] piece, int number, int plane, byte[] to) {
    int left = number % pieces.across() * pieces.width();
    int columns = Math.min(pieces.width(), image.width() - left);
    int together = image.together();
    int rowBytes = (int) image.rowBytes(pieces.width());
    byte[] row = new byte[pieces.width() * together];
    for (int y = 0; y < rows(number, false); y++) {
      row(piece, y * rowBytes, row);
      int at = ((top(number) + y) * image.width() + left) * kept + plane;
      for (int x = 0; x < columns; x++) {
        for (int sample = 0; sample < Math.min(together, kept); sample++) {
          to[at + x * kept + sample] = level(row[x * together + sample], plane + sample);
        }
      }
    }
  }

  /** A row's samples, a byte each: the number that is stored, the high byte of 16 bits. */
  private void row(byte[] piece, int start, byte[] row) {
    if (image.bits() == 16) {
      deepRow(piece, start, row);
      return;
    }
    PackedRows.unpack(piece, start, image.bits(), row.length, row, 0);
    int together = image.together();
    for (int i = together; image.differences() && i < row.length; i++) {
      row[i] += row[i - together];
    }
  }

  private void deepRow(byte[] piece, int start, byte[] row) {
    int high = image.file().little() ? 1 : 0;
    int[] before = new int[image.together()];
    for (int i = 0; i < row.length; i++) {
      int at = start + 2 * i;
      int stored = (piece[at + high] & 0xFF) << 8 | (piece[at + 1 - high] & 0xFF);
      int sample = image.differences() ? before[i % before.length] + stored : stored;
      before[i % before.length] = sample;
      row[i] = (byte) (sample >> 8);
    }
  }

  /** What a sample is in 8 bits. */
  private byte level(byte sample, int number) {
    if (image.colours() == TiffFile.Colours.PALETTE) {
      return sample;
    }
    int spread = image.bits() < 8 ? sample * (255 / ((1 << image.bits()) - 1)) : sample;
    boolean inverted = image.colours() == TiffFile.Colours.WHITE_IS_ZERO && number == 0;
    return (byte) (inverted ? ~spread : spread);
  }
}
