package io.convoy.data.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes JPEG and PNG, told apart by their first bytes, to grey or RGB bytes.
 *
 * <p>The decoders give raw components only. Colours (YCbCr, CMYK, YCCK, palettes) are converted
 * here by whole numbers, so that no colour library of a JDK has a part in the result; embedded
 * profiles and transparency are ignored. The EXIF orientation of a JPEG is applied.
 *
 * <p>A damaged image is an error, also where a decoder would only warn and make up the rest: a JPEG
 * without its end, entropy data that do not fit, a PNG whose checksums fail.
 *
 * <p>Not for several threads at once: each has its own decoder.
 */
public final class ImageDecoder implements AutoCloseable {
  /** The most pixels an image may claim to have, before memory is taken for them. */
  public static final long DEFAULT_PIXEL_LIMIT = 100_000_000;

  /**
   * What decodes JPEG files, with its version: decoders may differ in pixels, so a run keeps to the
   * one that it was started with.
   */
  public static String jpegDecoder() {
    return "java.desktop %s %s"
        .formatted(System.getProperty("java.vm.name"), System.getProperty("java.version"));
  }

  /** Height and width in pixels, both at least 1. */
  public record Size(int height, int width) {}

  private final long pixelLimit;
  private ImageReader jpeg;
  private ImageReader png;
  private String warning;

  public ImageDecoder() {
    this(DEFAULT_PIXEL_LIMIT);
  }

  /**
   * @param pixelLimit the most pixels an image may have, at least 1
   */
  public ImageDecoder(long pixelLimit) {
    this.pixelLimit = pixelLimit;
  }

  /**
   * Decodes an image.
   *
   * @param encoded a whole JPEG or PNG file
   * @param name the file's name, for errors
   * @param channels what is wanted: 1 for grey, {@code (77 R + 150 G + 29 B + 128) >> 8}, 3 for RGB
   *     (a grey value three times)
   * @throws ConvoyException of kind DATA, with the name, when the bytes are damaged, of another
   *     format, or claim more pixels than the limit
   */
  public DecodedImage decode(byte[] encoded, String name, int channels) {
    if (channels != 1 && channels != 3) {
      throw ConvoyException.usage("images have 1 channel (grey) or 3 (RGB); got %d", channels);
    }
    if (JpegFile.matches(encoded)) {
      JpegFile file = JpegFile.parse(encoded, name);
      checkPixels(file.height(), file.width(), name);
      Components components = readJpeg(file, name);
      return file.orientation().apply(file.colours().convert(components, channels));
    }
    if (PngFile.matches(encoded)) {
      PngFile file = PngFile.parse(encoded, name);
      checkPixels(file.height(), file.width(), name);
      Components components = readPng(file, name);
      ColourModel colours = components.count() < 3 ? ColourModel.GREY : ColourModel.RGB;
      return colours.convert(components, channels);
    }
    throw unknownFormat(encoded, name);
  }

  /**
   * The height and width that {@link #decode(byte[], String, int)} would give, from the headers
   * alone.
   *
   * @throws ConvoyException of kind DATA as {@link #decode(byte[], String, int)} does
   */
  public Size size(byte[] encoded, String name) {
    if (JpegFile.matches(encoded)) {
      JpegFile file = JpegFile.parse(encoded, name);
      checkPixels(file.height(), file.width(), name);
      return file.orientation().turns()
          ? new Size(file.width(), file.height())
          : new Size(file.height(), file.width());
    }
    if (PngFile.matches(encoded)) {
      PngFile file = PngFile.parse(encoded, name);
      checkPixels(file.height(), file.width(), name);
      return new Size(file.height(), file.width());
    }
    throw unknownFormat(encoded, name);
  }

  /**
   * Decodes as much of an image as a framing wants, and resamples it.
   *
   * @param framing asked with the height and width that {@link #decode(byte[], String, int)} would
   *     give
   * @param into where the view goes, in HWC order
   * @throws ConvoyException of kind DATA as {@link #decode(byte[], String, int)} does
   */
  public void decode(byte[] encoded, String name, int channels, Framing framing, Pixels into) {
    Size size = size(encoded, name);
    View view = framing.view(size.height(), size.width());
    DecodedImage image = decode(encoded, name, channels);
    byte[] room = into.room(Shape.of(image.height(), image.width(), channels));
    System.arraycopy(image.pixels(), 0, room, 0, image.pixels().length);
    into.frame(view);
  }

  private static ConvoyException unknownFormat(byte[] encoded, String name) {
    return ConvoyException.data(
        "%s: the file is neither a JPEG nor a PNG (by its first bytes; it has %d bytes)%s: convert"
            + " it or take it out of the folder",
        name, encoded.length, FileKind.of(encoded).map(kind -> ", but " + kind).orElse(""));
  }

  private void checkPixels(int height, int width, String name) {
    if ((long) height * width > pixelLimit) {
      throw ConvoyException.data(
          "%s: the image claims %dx%d pixels (height x width); the limit is %d: scale it down",
          name, height, width, pixelLimit);
    }
  }

  /** What a decoder does with a stream; separated so that all of its failures meet in one place. */
  private interface Decoding {
    Components run(ImageReader reader) throws IOException;
  }

  private Components readJpeg(JpegFile file, String name) {
    if (jpeg == null) {
      jpeg = ImageCodecs.jpeg();
      listen(jpeg);
    }
    return guarded(
        jpeg,
        file.critical(),
        name,
        reader -> {
          checkSize(name, reader, file.height(), file.width());
          return Components.of(reader.readRaster(0, null), file.components());
        });
  }

  private Components readPng(PngFile file, String name) {
    if (png == null) {
      png = ImageCodecs.png();
      listen(png);
    }
    return guarded(
        png,
        file.critical(),
        name,
        reader -> {
          checkSize(name, reader, file.height(), file.width());
          return Components.of(reader.read(0));
        });
  }

  /** The decoder must see the image that was checked, whatever else lies in the file. */
  private static void checkSize(String name, ImageReader reader, int height, int width)
      throws IOException {
    if (reader.getHeight(0) != height || reader.getWidth(0) != width) {
      throw damaged(
          name,
          "its headers contradict each other: %sx%s and %sx%s pixels"
              .formatted(height, width, reader.getHeight(0), reader.getWidth(0)),
          null);
    }
  }

  private void listen(ImageReader reader) {
    IIOReadWarningListener listener =
        (source, text) -> {
          if (warning == null && ImageCodecs.meansDamage(text)) {
            warning = text;
          }
        };
    reader.addIIOReadWarningListener(listener);
  }

  private Components guarded(ImageReader reader, byte[] bytes, String name, Decoding decoding) {
    warning = null;
    try (ImageInputStream stream = new ByteArrayImageInputStream(bytes)) {
      reader.setInput(stream, true, true);
      Components components = decoding.run(reader);
      reader.setInput(null);
      if (warning != null) {
        throw damaged(name, warning, null);
      }
      return components;
    } catch (ConvoyException e) {
      close();
      throw e;
    } catch (IOException | RuntimeException e) {
      // decoders throw anything on damaged bytes, and the bytes are in memory: no store has failed.
      // A reader that failed may be in any state; the next image gets a fresh one
      close();
      throw damaged(name, reason(e), e);
    }
  }

  private static String reason(Exception e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getMessage().lines().findFirst().orElse("");
  }

  private static ConvoyException damaged(String name, String reason, Exception cause) {
    return new ConvoyException(
        ConvoyException.Kind.DATA,
        "%s: the image is damaged or of a kind that is not read (%s): replace it or take it out of"
                .formatted(name, reason)
            + " the folder",
        cause);
  }

  /** Gives back the decoders' native memory; a closed decoder can be used again. */
  @Override
  public void close() {
    if (jpeg != null) {
      jpeg.dispose();
      jpeg = null;
    }
    if (png != null) {
      png.dispose();
      png = null;
    }
  }
}
