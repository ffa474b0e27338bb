package io.convoy.data;

import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import java.util.Arrays;

/** Images of a source, one by one. */
public final class ReadImages {
  private ReadImages() {}

  /** An image's bytes, in HWC order. */
  public static byte[] bytes(SampleSource source, int index) {
    Pixels pixels = new Pixels();
    try (SampleWindow window = source.open(new int[] {index})) {
      window.read(index, Framing.STORED, pixels);
    }
    return Arrays.copyOf(pixels.bytes(), pixels.shape().elements());
  }
}
