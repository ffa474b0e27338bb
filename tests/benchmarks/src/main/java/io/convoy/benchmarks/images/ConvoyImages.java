package io.convoy.benchmarks.images;

import io.convoy.benchmarks.networks.Step;
import io.convoy.data.image.DecodeScale;
import io.convoy.data.image.Framing;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.Pixels;
import io.convoy.data.image.View;

/** Convoy's decoder, one thread. */
final class ConvoyImages implements Step {
  private final ImageSet set;
  private final Task task;
  private final ImageDecoder decoder = new ImageDecoder();
  private final Pixels pixels = new Pixels();

  ConvoyImages(ImageSet set, Task task) {
    this.set = set;
    this.task = task;
  }

  @Override
  public void run() {
    for (int i = 0; i < set.files().size(); i++) {
      int index = i;
      Framing framing =
          switch (task) {
            case DECODE -> Framing.STORED;
            case CROP ->
                (height, width) ->
                    View.cropped(
                        ImageSet.crop(index, height, width),
                        ImageSet.SIDE,
                        ImageSet.SIDE,
                        DecodeScale.FIT);
          };
      decoder.decode(set.files().get(i), "image", 3, framing, pixels);
    }
  }

  @Override
  public void close() {
    decoder.close();
  }
}
