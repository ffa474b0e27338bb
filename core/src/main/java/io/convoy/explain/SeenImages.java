package io.convoy.explain;

import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.SampleWriter;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.Pixels;
import io.convoy.feed.ChosenSamples;
import io.convoy.feed.SampleFeed;
import io.convoy.inference.Model;
import io.convoy.recipe.Preprocessing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Images as a network sees them: bytes in the order row, column, channel, of its input's shape. */
public final class SeenImages {
  private SeenImages() {}

  /**
   * A file, as prediction prepares it.
   *
   * @param name what errors call it
   * @throws io.convoy.error.ConvoyException of kind DATA when it cannot be decoded, or has another
   *     shape than a network that takes images as they are
   */
  public static byte[] of(Model model, byte[] file, String name) {
    Preprocessing preprocessing = model.preprocessing();
    Pixels pixels = new Pixels();
    try (ImageDecoder decoder = new ImageDecoder(preprocessing.seenThrough())) {
      decoder.decode(file, name, preprocessing.channels(), preprocessing.framing(), pixels);
    }
    SampleWriter.requireShape(pixels.shape(), preprocessing.input(), () -> name);
    return Arrays.copyOf(pixels.bytes(), pixels.shape().elements());
  }

  /**
   * Images of a set, as evaluation prepares them.
   *
   * @param source the set; not closed here
   * @param rows of the images, in any order
   */
  public static List<byte[]> of(Model model, SampleSource source, int[] rows) {
    List<byte[]> seen = new ArrayList<>();
    if (rows.length == 0) {
      return seen;
    }
    Preprocessing preprocessing = model.preprocessing();
    SampleLoader loader =
        new SampleLoader(
            source,
            preprocessing.input(),
            preprocessing.resizing(),
            preprocessing.standardization(),
            Augmentation.NONE,
            0);
    ChosenSamples order = ChosenSamples.alone(rows, new int[] {0});
    try (SampleFeed feed = SampleFeed.of(loader, order, 1)) {
      for (int i = 0; i < rows.length; i++) {
        feed.begin(order.number(i, 0), 0);
        seen.add(feed.bytes(0, 0).clone());
      }
    }
    return seen;
  }
}
