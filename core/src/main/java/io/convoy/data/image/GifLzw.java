package io.convoy.data.image;

/**
 * GIF's variant of LZW (appendix F of its specification): codes of 2 to 12 bits, the lowest bit
 * first, in blocks of at most 255 bytes.
 */
final class GifLzw {
  private static final int WIDEST = 12;

  private final FileBytes file;
  private int position;
  private int leftInBlock;
  private int buffer;
  private int buffered;

  /**
   * @param start of the data: the byte that tells the bits of a pixel
   */
  GifLzw(FileBytes file, int start) {
    this.file = file;
    this.position = start;
  }

  /**
   * Decodes the pixels; what follows them is not looked at.
   *
   * @throws io.convoy.error.ConvoyException of kind DATA where the data are damaged, or end before
   *     the pixels do
   */
  byte[] decode(int pixels) {
    int bits = file.u8(position++);
    if (bits < 1 || bits > 8) {
      throw file.damaged("pixels of %s bits".formatted(bits));
    }
    int clear = 1 << bits;
    LzwStrings strings = new LzwStrings(clear, 2);
    byte[] to = new byte[pixels];
    int width = bits + 1;
    int previous = -1;
    int done = 0;
    while (done < pixels) {
      int code = read(width);
      if (code == clear) {
        strings.clear();
        width = bits + 1;
        previous = -1;
        continue;
      }
      if (!strings.follow(previous, code)) {
        throw file.damaged("%s of %s pixels, then code %s".formatted(done, pixels, code));
      }
      if (strings.next() == 1 << width && width < WIDEST) {
        width++;
      }
      done = strings.write(code, to, done);
      previous = code;
    }
    return to;
  }

  private int read(int width) {
    while (buffered < width) {
      if (leftInBlock == 0) {
        leftInBlock = file.u8(position++);
        if (leftInBlock == 0) {
          throw file.damaged("its data end before its pixels do");
        }
      }
      buffer |= file.u8(position++) << buffered;
      buffered += 8;
      leftInBlock--;
    }
    int code = buffer & (1 << width) - 1;
    buffer >>>= width;
    buffered -= width;
    return code;
  }
}
