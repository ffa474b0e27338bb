package io.convoy.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;

/**
 * Lossless pixels of a WebP by TwelveMonkeys' reader, which makes the rest up without a word where
 * the data end early. So something else follows the data, and the reader must not have needed it.
 */
record WebpLossless(WebpFile image, ImageReaders readers) {
  private static final int BEFORE = 20;
  private static final int BEHIND = 32;

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
        bytes,
        name,
        reader -> {
          ImageReaders.checkSize(name, reader, frame.height(), frame.width());
          Components pixels = Components.of(reader.read(0).getRaster(), count);
          return new Reading(pixels, ((ImageInputStream) reader.getInput()).getStreamPosition());
        });
  }
}
