package io.convoy.pack.job;

import io.convoy.data.image.DecodedImage;
import io.convoy.pack.PackedSums;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** How often each value stands in the pixels of images: red, green, blue, and grey. */
final class PixelCounts {
  private static final int GREY = 3;

  private final long[][] counts = new long[4][256];

  /** Counts the pixels of an image in RGB; its grey values are those that a decoder would give. */
  void add(DecodedImage image) {
    byte[] pixels = image.pixels();
    long[] reds = counts[0];
    long[] greens = counts[1];
    long[] blues = counts[2];
    long[] greys = counts[GREY];
    for (int i = 0; i < pixels.length; i += 3) {
      int red = pixels[i] & 0xFF;
      int green = pixels[i + 1] & 0xFF;
      int blue = pixels[i + 2] & 0xFF;
      reds[red]++;
      greens[green]++;
      blues[blue]++;
      greys[(77 * red + 150 * green + 29 * blue + 128) >> 8]++;
    }
  }

  PackedSums rgb() {
    return sums(0, GREY);
  }

  PackedSums grey() {
    return sums(GREY, GREY + 1);
  }

  private PackedSums sums(int from, int to) {
    List<String> sums = new ArrayList<>();
    List<String> squares = new ArrayList<>();
    long pixels = 0;
    for (int channel = from; channel < to; channel++) {
      pixels = 0;
      BigInteger sum = BigInteger.ZERO;
      BigInteger square = BigInteger.ZERO;
      for (int value = 0; value < 256; value++) {
        BigInteger times = BigInteger.valueOf(counts[channel][value]);
        pixels += counts[channel][value];
        sum = sum.add(times.multiply(BigInteger.valueOf(value)));
        square = square.add(times.multiply(BigInteger.valueOf((long) value * value)));
      }
      sums.add(sum.toString());
      squares.add(square.toString());
    }
    return new PackedSums(Long.toString(pixels), sums, squares);
  }
}
