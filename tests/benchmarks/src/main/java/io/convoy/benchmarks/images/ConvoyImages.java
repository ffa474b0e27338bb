package io.convoy.benchmarks.images;

import io.convoy.benchmarks.networks.Step;
import io.convoy.data.image.DecodeScale;
import io.convoy.data.image.Framing;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.Pixels;
import io.convoy.data.image.View;
import java.util.function.IntFunction;

/** Convoy's decoder, one thread. */
final class ConvoyImages implements Step {
  private final ImageSet set;
  private final IntFunction<Framing> framings;
  private final ImageDecoder decoder = new ImageDecoder();
  private final Pixels pixels = new Pixels();

  private ConvoyImages(ImageSet set, IntFunction<Framing> framings) {
    this.set = set;
    this.framings = framings;
  }

  /** Decodes images in full. */
  static ConvoyImages decoding(ImageSet set) {
    return new ConvoyImages(set, index -> Framing.STORED);
  }

  /** Resizes a part of each, which is decoded at the scale that fits. */
  static ConvoyImages cropping(ImageSet set) {
    return new ConvoyImages(
        set,
        index ->
            (height, width) ->
                View.cropped(
                    ImageSet.crop(index, height, width),
                    ImageSet.SIDE,
                    ImageSet.SIDE,
                    DecodeScale.FIT));
  }

  @Override
  public void run() {
    for (int i = 0; i < set.files().size(); i++) {
      decoder.decode(set.files().get(i), "image", 3, framings.apply(i), pixels);
    }
  }

  @Override
  public void close() {
    decoder.close();
  }
}
