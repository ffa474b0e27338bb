package io.convoy.data.image;

import io.convoy.data.raster.Crop;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;

/**
 * A WebP (RFC 9649), for TwelveMonkeys' reader, which gets the chunks that make pixels and no
 * others. Where the data end early it makes the rest up without a word. So it must give the same
 * pixels whatever follows the data. The first frame of an animation is laid on the canvas, around
 * it there is nothing.
 *
 * @param height of the canvas
 * @param width of the canvas
 * @param frame where the pixels lie on it
 * @param transparent whether lossless pixels have an opacity
 * @param pixels the content of their chunk in the file
 * @param opacity the content of the chunk with that of lossy pixels; null where there is none
 */
record WebpFile(
    FileBytes file,
    int height,
    int width,
    Crop frame,
    Orientation orientation,
    boolean transparent,
    Range pixels,
    Range opacity)
    implements WholeImageFile {

  /** Some bytes of the file. */
  record Range(int start, int end) {}

  /** What the reader gives, and whether it has looked at what follows the data. */
  private record Reading(Components pixels, boolean behind) {}

  static boolean matches(byte[] start) {
    return FileBytes.startsWith(start, 0, "RIFF") && FileBytes.startsWith(start, 8, "WEBP");
  }

  static WebpFile parse(byte[] encoded, String name) {
    return new WebpChunks(new FileBytes("WebP", name, encoded, true)).run();
  }

  @Override
  public Samples decode(ImageReaders readers) {
    Reading reading = read(readers, (byte) 0);
    Components stored = reading.pixels;
    if (reading.behind) {
      Components other = read(readers, (byte) 0xFF).pixels;
      if (!Arrays.equals(stored.samples(), other.samples())) {
        throw file.damaged("its data end before its pixels do");
      }
    }
    boolean whole = frame.equals(Crop.whole(height, width));
    return Samples.of(whole ? stored : onCanvas(stored));
  }

  private Reading read(ImageReaders readers, byte filling) {
    WebpExcerpt excerpt = WebpExcerpt.of(this, filling);
    return readers.read(
        ImageReaders.Library.WEBP,
        excerpt.stream(),
        file.name(),
        reader -> {
          ImageReaders.checkSize(file.name(), reader, frame.height(), frame.width());
          Components read =
              Components.of(reader.read(0).getRaster(), transparent || opacity != null ? 4 : 3);
          long position = ((ImageInputStream) reader.getInput()).getStreamPosition();
          return new Reading(read, position >= excerpt.end());
        });
  }

  private Components onCanvas(Components stored) {
    byte[] canvas = new byte[Math.multiplyExact(Math.multiplyExact(height, width), 4)];
    byte[] from = stored.samples();
    int count = stored.count();
    for (int pixel = 0; pixel < from.length / count; pixel++) {
      int y = frame.top() + pixel / frame.width();
      int x = frame.left() + pixel % frame.width();
      int to = 4 * (y * width + x);
      System.arraycopy(from, pixel * count, canvas, to, 3);
      canvas[to + 3] = count == 4 ? from[pixel * count + 3] : (byte) 255;
    }
    return new Components(height, width, 4, canvas);
  }
}
