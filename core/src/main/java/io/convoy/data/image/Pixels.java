package io.convoy.data.image;

import io.convoy.data.raster.Crop;
import io.convoy.data.raster.Planes;
import io.convoy.tensor.Shape;

/**
 * Room for the bytes of one image after the other, which grows with the largest. It also makes of a
 * stored image what a {@link Framing} wants. Not for several threads at once.
 */
public final class Pixels {
  private Shape shape;
  private byte[] bytes = {};
  // made for the first image that is not taken as it is
  private Reframing reframing;

  /**
   * Takes an image in: its bytes, in HWC order, are to be written to what this returns, from 0 on.
   * What stood there before is lost.
   */
  public byte[] room(Shape image) {
    shape = image;
    if (bytes.length < image.elements()) {
      bytes = new byte[image.elements()];
    }
    return bytes;
  }

  /**
   * Makes of the image that is here what a framing wants. What reads raw pixels ends with this, and
   * need know nothing of views.
   */
  public void frame(Framing framing) {
    frame(framing.view(shape.height(), shape.width()));
  }

  /**
   * Makes a view of the image that is here.
   *
   * @param view whose crop lies within the image; its scale is not looked at
   */
  public void frame(View view) {
    if (view.isStored(shape.height(), shape.width())) {
      return;
    }
    reframing().apply(this, view);
  }

  /**
   * Takes a view of an image in, of which no more than the view's crop is there.
   *
   * @param cropped the crop, a plane for each channel
   */
  void take(Planes cropped, View view) {
    reframing().take(cropped, Crop.whole(cropped.height(), cropped.width()), view, this);
  }

  private Reframing reframing() {
    if (reframing == null) {
      reframing = new Reframing();
    }
    return reframing;
  }

  /** The shape of the image, {@code [height, width, channels]}. */
  public Shape shape() {
    return shape;
  }

  /** The image's bytes from 0 on, in HWC order; behind them may be others. */
  public byte[] bytes() {
    return bytes;
  }
}
