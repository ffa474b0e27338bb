package io.convoy.data.raster;

import io.convoy.digest.Sha256;
import io.convoy.reference.Numbers;
import java.security.MessageDigest;

/** Prints the hash of one image in many sizes: what a JVM of its own is started for. */
public final class ResampledHashes {
  private static final int HEIGHT = 151;
  private static final int WIDTH = 203;

  /** Height and width, odd ones and such as vectors divide. */
  private static final int[][] SIZES = {
    {1, 1}, {7, 300}, {33, 31}, {64, 64}, {150, 203}, {151, 16}, {224, 224}, {401, 5}
  };

  private ResampledHashes() {}

  public static void main(String[] arguments) {
    System.out.println(all());
  }

  static String all() {
    Planes from = new Planes();
    byte[] samples = from.room(HEIGHT, WIDTH, 3);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) Numbers.bits(5, i);
    }
    Resampler resampler = new Resampler();
    MessageDigest digest = Sha256.digest();
    Planes to = new Planes();
    for (Crop crop : new Crop[] {Crop.whole(HEIGHT, WIDTH), new Crop(120, 3, 31, 199)}) {
      for (int[] size : SIZES) {
        resampler.resample(from, crop, size[0], size[1], to);
        digest.update(to.samples(), 0, size[0] * size[1] * to.count());
      }
    }
    return Sha256.hex(digest);
  }
}
