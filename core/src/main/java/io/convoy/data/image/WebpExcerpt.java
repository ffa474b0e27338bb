package io.convoy.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A WebP of the chunks that make the pixels of another one. Behind the data of each stand bytes
 * that have no part in them.
 *
 * @param end of the data in it, before what follows
 */
record WebpExcerpt(byte[] bytes, int end) {
  private static final int HEAD = 8;
  private static final int FILLING = 32;
  private static final int CANVAS = 10;
  private static final int WITH_OPACITY = 0x10;

  /**
   * @param filling what stands behind the data
   */
  static WebpExcerpt of(WebpFile image, byte filling) {
    WebpFile.Range opacity = image.opacity();
    int length = 12 + chunk(image.pixels()) + FILLING;
    if (opacity != null) {
      length += HEAD + CANVAS + chunk(opacity) + HEAD + FILLING;
    }
    byte[] bytes = new byte[length];
    ByteBuffer to = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    to.put(ascii("RIFF")).putInt(length - FILLING - HEAD).put(ascii("WEBP"));
    if (opacity != null) {
      to.put(ascii("VP8X")).putInt(CANVAS).putInt(WITH_OPACITY);
      putU24(to, image.frame().width() - 1);
      putU24(to, image.frame().height() - 1);
      put(to, image, opacity, filling);
      // a chunk of its own that means nothing, its name too
      byte[] nothing = new byte[FILLING];
      Arrays.fill(nothing, filling);
      to.put(nothing, 0, 4).putInt(FILLING).put(nothing);
    }
    int end = put(to, image, image.pixels(), filling);
    Arrays.fill(bytes, to.position(), length, filling);
    return new WebpExcerpt(bytes, end);
  }

  /** The bytes that a chunk takes. */
  private static int chunk(WebpFile.Range content) {
    int length = content.end() - content.start();
    return HEAD + length + length % 2;
  }

  /** Copies a chunk without its name, which stands before its length. */
  private static int put(ByteBuffer to, WebpFile image, WebpFile.Range content, byte filling) {
    int length = content.end() - content.start();
    to.put(image.file().bytes(), content.start() - HEAD, HEAD + length);
    int end = to.position();
    if (length % 2 != 0) {
      to.put(filling);
    }
    return end;
  }

  private static void putU24(ByteBuffer to, int number) {
    to.putShort((short) number).put((byte) (number >> 16));
  }

  private static byte[] ascii(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  ImageInputStream stream() {
    return new Bounded(bytes);
  }

  /**
   * Bytes behind whose end nobody reads: the reader takes a plain end of a file for zeros, and may
   * turn round over them for minutes.
   */
  private static final class Bounded extends ImageInputStreamImpl {
    private final byte[] bytes;

    Bounded(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      require(1);
      return bytes[(int) streamPos++] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      require(length);
      System.arraycopy(bytes, (int) streamPos, to, offset, length);
      streamPos += length;
      return length;
    }

    private void require(int length) {
      bitOffset = 0;
      if (streamPos > bytes.length - length) {
        throw new IllegalStateException("its data end before its pixels do");
      }
    }

    @Override
    public long length() {
      return bytes.length;
    }
  }
}
