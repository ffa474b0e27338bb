package io.convoy.data.image;

import io.convoy.data.raster.Crop;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Lossless pixels of a WebP by TwelveMonkeys' reader, which makes the rest up without a word where
 * the data end early, or turns round for minutes. So something else follows the data, the reader
 * must not have needed it, and is stopped where it goes on behind that.
 */
record WebpLossless(WebpFile image, ImageReaders readers) {
  private static final int BEFORE = 20;
  private static final int BEHIND = 32;

  /** Bytes behind whose end nobody reads: the reader takes a plain end of a file for zeros. */
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

  /** What the reader gives, and the byte of the file that it would have looked at next. */
  private record Reading(Components pixels, long end) {}

  /**
   * Decodes the content of a chunk.
   *
   * @param count components of a pixel: 3 or 4
   * @throws io.convoy.error.ConvoyException of kind DATA where it is damaged, or ends early
   */
  Components decode(ByteBuffer data, int count) {
    Reading reading = read(data, (byte) 0, count);
    long end = (long) BEFORE + data.remaining();
    boolean needsMore = reading.end > end;
    if (reading.end == end) {
      // it stopped between two bytes, or in the first one of what follows
      Reading other = read(data, (byte) 0xFF, count);
      needsMore =
          other.end != end || !Arrays.equals(reading.pixels.samples(), other.pixels.samples());
    }
    if (needsMore) {
      throw image.file().damaged("its data end before its pixels do");
    }
    return reading.pixels;
  }

  private Reading read(ByteBuffer data, byte filling, int count) {
    byte[] bytes = new byte[BEFORE + data.remaining() + BEHIND];
    Arrays.fill(bytes, bytes.length - BEHIND, bytes.length, filling);
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(bytes.length - 8);
    file.put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII)).putInt(data.remaining());
    file.put(data.duplicate());
    Crop frame = image.frame();
    String name = image.file().name();
    return readers.read(
        ImageReaders.Library.WEBP,
        new Bounded(bytes),
        name,
        reader -> {
          ImageReaders.checkSize(name, reader, frame.height(), frame.width());
          Components pixels = Components.of(reader.read(0).getRaster(), count);
          return new Reading(pixels, ((ImageInputStream) reader.getInput()).getStreamPosition());
        });
  }
}
