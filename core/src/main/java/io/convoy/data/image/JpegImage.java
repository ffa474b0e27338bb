package io.convoy.data.image;

import io.convoy.data.image.jpeg.JpegColours;
import io.convoy.data.image.jpeg.JpegDecoder;
import io.convoy.data.image.jpeg.Scale;
import io.convoy.data.raster.Crop;
import io.convoy.data.raster.Planes;

/**
 * A JPEG. Only the part that a view needs is decoded, at the scale that it asks for.
 *
 * @param decoder which has the file open
 */
record JpegImage(JpegDecoder decoder, Orientation orientation) implements ImageFile {
  /** Opens a file. */
  static JpegImage open(byte[] encoded, String name, JpegDecoder decoder) {
    decoder.open(encoded, name);
    int code = ExifOrientation.code(encoded, decoder.exifStart(), decoder.exifEnd());
    return new JpegImage(decoder, Orientation.ofExif(code));
  }

  @Override
  public int height() {
    return decoder.height();
  }

  @Override
  public int width() {
    return decoder.width();
  }

  @Override
  public boolean read(
      ImageReaders readers, View view, int channels, Background background, Pixels into) {
    Scale scale = Scale.ofDivisor(view.divisor());
    View scaled = view.ofScaled();
    Crop stored =
        orientation.stored(scaled.crop(), scale.of(decoder.height()), scale.of(decoder.width()));
    Planes planes = readers.planes();
    decoder.decode(scale, stored, planes);
    colours(decoder.colours()).convert(planes, channels);
    if (orientation != Orientation.UPRIGHT) {
      Planes turned = readers.turned();
      orientation.turn(planes, turned);
      planes = turned;
    }
    into.take(planes, scaled);
    return false;
  }

  /** What the decoder's planes are. */
  private static ColourModel colours(JpegColours colours) {
    return switch (colours) {
      case GREY -> ColourModel.GREY;
      case RGB, YCBCR -> ColourModel.RGB;
      case CMYK -> ColourModel.CMYK;
      case INVERTED_CMYK, INVERTED_YCCK -> ColourModel.INVERTED_CMYK;
    };
  }
}
