package io.convoy.data.image;

import io.convoy.data.image.webp.DamagedFrameException;
import io.convoy.data.image.webp.Frame;
import io.convoy.data.raster.Crop;
import java.nio.ByteBuffer;

/**
 * A WebP (RFC 9649). Lossless pixels and opacities are read by TwelveMonkeys' reader, from a file
 * cut down to them, so that no profile has a part in colours and no text can trip the reader; lossy
 * pixels by {@link Frame}. The first frame of an animation is laid on the canvas, around it there
 * is nothing.
 *
 * @param height of the canvas
 * @param width of the canvas
 * @param frame where the pixels lie on it
 * @param transparent whether lossless pixels have an opacity
 * @param pixels where they lie in the file
 * @param opacity where that of lossy pixels lies in the file; null where there is none
 */
record WebpFile(
    FileBytes file,
    int height,
    int width,
    Crop frame,
    Orientation orientation,
    boolean lossless,
    boolean transparent,
    Range pixels,
    Range opacity)
    implements WholeImageFile {

  /** Some bytes of the file. */
  record Range(int start, int end) {}

  static boolean matches(byte[] start) {
    return FileBytes.startsWith(start, 0, "RIFF") && FileBytes.startsWith(start, 8, "WEBP");
  }

  static WebpFile parse(byte[] encoded, String name) {
    return new WebpChunks(new FileBytes("WebP", name, encoded, true)).run();
  }

  @Override
  public Samples decode(ImageReaders readers) {
    Components stored = lossless ? lossless(readers) : lossy(readers);
    boolean whole = frame.equals(Crop.whole(height, width));
    return Samples.of(whole ? stored : onCanvas(stored));
  }

  private Components lossless(ImageReaders readers) {
    ByteBuffer data = ByteBuffer.wrap(file.bytes(), pixels.start, pixels.end - pixels.start);
    return new WebpLossless(this, readers).decode(data, transparent ? 4 : 3);
  }

  private Components lossy(ImageReaders readers) {
    byte[] rgb;
    try {
      rgb = Frame.decode(file.bytes(), pixels.start, pixels.end);
    } catch (DamagedFrameException e) {
      throw file.damaged(e.getMessage());
    }
    if (opacity == null) {
      return new Components(frame.height(), frame.width(), 3, rgb);
    }
    byte[] opacities = new WebpOpacity(this).read(readers);
    byte[] samples = new byte[Math.multiplyExact(opacities.length, 4)];
    for (int i = 0; i < opacities.length; i++) {
      System.arraycopy(rgb, 3 * i, samples, 4 * i, 3);
      samples[4 * i + 3] = opacities[i];
    }
    return new Components(frame.height(), frame.width(), 4, samples);
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
