package io.convoy.data.image;

import io.convoy.data.raster.Crop;
import io.convoy.data.raster.Planes;
import io.convoy.data.raster.Resampler;
import io.convoy.kernel.JpegKernels;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.tensor.Shape;

/** Makes views of images that lie decoded in memory. Not for several threads at once. */
final class Reframing {
  private final JpegKernels kernels = KernelProvider.kernels().jpeg();
  private final Resampler resampler = new Resampler();
  private final Planes cropped = new Planes();
  private final Planes resampled = new Planes();

  /** Puts a view of an image in its place. */
  void apply(Pixels pixels, View view) {
    Crop crop = view.crop();
    if (!crop.isWithin(pixels.shape().height(), pixels.shape().width())) {
      throw new IllegalArgumentException(
          "a view's crop lies within the image of %s; got %s".formatted(pixels.shape(), crop));
    }
    separate(pixels, crop);
    take(cropped, Crop.whole(crop.height(), crop.width()), view, pixels);
  }

  /**
   * Takes what a view wants of an image that lies in planes: no more than its window is computed,
   * since all of a long and narrow image could be larger than memory.
   *
   * @param crop where the view's crop lies in these planes
   */
  void take(Planes image, Crop crop, View view, Pixels into) {
    boolean stored =
        view.window().equals(crop)
            && crop.height() == view.height()
            && crop.width() == view.width();
    if (stored) {
      join(image, into);
      return;
    }
    resampler.resample(image, crop, view.height(), view.width(), view.window(), resampled);
    join(resampled, into);
  }

  /** A crop of an image, a plane for each channel. */
  private void separate(Pixels pixels, Crop crop) {
    int channels = pixels.shape().channels();
    byte[] from = pixels.bytes();
    byte[] to = cropped.room(crop.height(), crop.width(), channels);
    int next = 0;
    for (int channel = 0; channel < channels; channel++) {
      for (int row = 0; row < crop.height(); row++) {
        int at = ((crop.top() + row) * pixels.shape().width() + crop.left()) * channels + channel;
        for (int column = 0; column < crop.width(); column++, at += channels) {
          to[next++] = from[at];
        }
      }
    }
  }

  /** The planes, in HWC order. */
  private void join(Planes image, Pixels into) {
    int channels = image.count();
    int plane = image.height() * image.width();
    byte[] from = image.samples();
    byte[] to = into.room(Shape.of(image.height(), image.width(), channels));
    switch (channels) {
      case 1 -> System.arraycopy(from, 0, to, 0, plane);
      case 3 -> kernels.interleave(from, 0, plane, plane, to, 0);
      default -> {
        for (int i = 0; i < plane * channels; i++) {
          to[i % plane * channels + i / plane] = from[i];
        }
      }
    }
  }
}
