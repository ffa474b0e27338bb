package io.convoy.data.raster;

import io.convoy.digest.Sha256;
import java.security.MessageDigest;

/** Planes out of interleaved bytes (HWC) and back, as other tools have them. */
public final class PlaneBytes {
  private PlaneBytes() {}

  public static Planes of(int height, int width, int channels, byte[] interleaved) {
    Planes planes = new Planes();
    byte[] samples = planes.room(height, width, channels);
    for (int i = 0; i < height * width; i++) {
      for (int c = 0; c < channels; c++) {
        samples[c * height * width + i] = interleaved[i * channels + c];
      }
    }
    return planes;
  }

  public static byte[] interleaved(Planes planes) {
    int pixels = planes.height() * planes.width();
    byte[] bytes = new byte[pixels * planes.count()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = planes.samples()[i % planes.count() * pixels + i / planes.count()];
    }
    return bytes;
  }

  /** SHA-256 of {@link #interleaved}. */
  public static String hash(Planes planes) {
    return hash(interleaved(planes));
  }

  public static String hash(byte[] bytes) {
    MessageDigest digest = Sha256.digest();
    digest.update(bytes);
    return Sha256.hex(digest);
  }
}
