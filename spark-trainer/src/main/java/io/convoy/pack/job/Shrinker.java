package io.convoy.pack.job;

import io.convoy.data.image.DecodeScale;
import io.convoy.data.image.Framing;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.ImageFormat;
import io.convoy.data.image.JpegEncoder;
import io.convoy.data.image.Pixels;
import io.convoy.data.image.View;
import io.convoy.data.image.jpeg.JpegQuality;
import io.convoy.data.raster.Crop;

/**
 * Makes images smaller whose shorter side is longer than wanted, and encodes them as JPEG again;
 * others keep their bytes.
 */
final class Shrinker implements AutoCloseable {
  /** Of images that were no JPEG. */
  private static final int USUAL_QUALITY = 92;

  private final int shorter;
  private final int quality;
  private final Pixels pixels = new Pixels();
  private JpegEncoder encoder;

  /**
   * @param shorter pixels of the shorter side; 0 to leave all as they are
   * @param quality of what is encoded, 1 to 100; 0 for that of the image's own file
   */
  Shrinker(int shorter, int quality) {
    this.shorter = shorter;
    this.quality = quality;
  }

  /** The bytes of the image, made smaller where it is too large. */
  byte[] shrink(byte[] encoded, String name, ImageDecoder decoder) {
    if (shorter == 0) {
      return encoded;
    }
    ImageDecoder.Size size = decoder.size(encoded, name);
    int least = Math.min(size.height(), size.width());
    if (least <= shorter) {
      return encoded;
    }
    int height = (int) ((long) size.height() * shorter / least);
    int width = (int) ((long) size.width() * shorter / least);
    Framing resized = (h, w) -> View.cropped(Crop.whole(h, w), height, width, DecodeScale.FULL);
    decoder.decode(encoded, name, 3, resized, pixels);
    if (encoder == null) {
      encoder = new JpegEncoder();
    }
    return encoder.encode(pixels, quality(encoded, name));
  }

  private int quality(byte[] encoded, String name) {
    if (quality > 0) {
      return quality;
    }
    boolean jpeg = ImageFormat.of(encoded).filter(ImageFormat.JPEG::equals).isPresent();
    return jpeg ? JpegQuality.of(encoded, name) : USUAL_QUALITY;
  }

  @Override
  public void close() {
    if (encoder != null) {
      encoder.close();
    }
  }
}
