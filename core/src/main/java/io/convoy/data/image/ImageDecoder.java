package io.convoy.data.image;

import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.Arrays;

/**
 * Decodes images of the {@linkplain ImageFormat formats that are read}, told apart by their first
 * bytes, to grey or RGB bytes.
 *
 * <p>Colours (YCbCr, CMYK, YCCK, palettes) are converted and transparent pixels are laid over a
 * background by whole numbers, so that no colour library of a JDK has a part in the result;
 * embedded profiles are ignored. Samples of 16 bits are cut to their high byte. An EXIF orientation
 * is applied.
 *
 * <p>A damaged image is an error, also where a decoder would only warn and make up the rest.
 *
 * <p>Not for several threads at once: each has its own decoder.
 */
public final class ImageDecoder implements AutoCloseable {
  /** The most pixels an image may claim to have, before memory is taken for them. */
  public static final long DEFAULT_PIXEL_LIMIT = 100_000_000;

  /**
   * What decodes files of formats in which decoders may differ in pixels, with versions: JPEG and
   * lossy WebP. A run keeps to those that it was started with.
   */
  public static String decoders() {
    return "convoy-jpeg 1, twelvemonkeys " + ImageCodecs.TWELVE_MONKEYS;
  }

  /** Height and width in pixels, both at least 1. */
  public record Size(int height, int width) {}

  private final long pixelLimit;
  private final Background background;
  private final ImageReaders readers = new ImageReaders();
  private ImageFormat format;
  private boolean transparent;

  public ImageDecoder() {
    this(DEFAULT_PIXEL_LIMIT, Background.WHITE);
  }

  /**
   * @param background what is seen where an image is transparent
   */
  public ImageDecoder(Background background) {
    this(DEFAULT_PIXEL_LIMIT, background);
  }

  /**
   * @param pixelLimit the most pixels an image may have, at least 1
   * @param background what is seen where an image is transparent
   */
  public ImageDecoder(long pixelLimit, Background background) {
    this.pixelLimit = pixelLimit;
    this.background = background;
  }

  /**
   * Decodes an image.
   *
   * @param encoded a whole file
   * @param name the file's name, for errors
   * @param channels what is wanted: 1 for grey, {@code (77 R + 150 G + 29 B + 128) >> 8}, 3 for RGB
   *     (a grey value three times)
   * @throws ConvoyException of kind DATA, with the name, when the bytes are damaged, of another
   *     format, or claim more pixels than the limit
   */
  public DecodedImage decode(byte[] encoded, String name, int channels) {
    Pixels pixels = new Pixels();
    decode(encoded, name, channels, Framing.STORED, pixels);
    Shape shape = pixels.shape();
    byte[] bytes = pixels.bytes();
    return new DecodedImage(
        shape.height(),
        shape.width(),
        channels,
        bytes.length == shape.elements() ? bytes : Arrays.copyOf(bytes, shape.elements()),
        transparent);
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
    if (channels != 1 && channels != 3) {
      throw ConvoyException.usage("images have 1 channel (grey) or 3 (RGB); got %d", channels);
    }
    ImageFile file = parse(encoded, name);
    Size size = upright(file);
    View view = framing.view(size.height(), size.width());
    transparent = file.read(readers, view, channels, background, into);
  }

  /** Whether the background is seen through some pixel of the image that was decoded last. */
  public boolean transparent() {
    return transparent;
  }

  /**
   * How many bytes of the image that was decoded last do not belong there and were passed over, as
   * far as it was decoded. They are counted in JPEG files alone.
   */
  public int extraneousBytes() {
    return format == ImageFormat.JPEG ? readers.jpeg().extraneousBytes() : 0;
  }

  /**
   * Whether the image that was decoded last is coarse, since scans of a progressive JPEG are
   * missing.
   */
  public boolean lacksScans() {
    return format == ImageFormat.JPEG && readers.jpeg().lacksScans();
  }

  /**
   * The height and width that {@link #decode(byte[], String, int)} would give, from the headers
   * alone.
   *
   * @throws ConvoyException of kind DATA as {@link #decode(byte[], String, int)} does
   */
  public Size size(byte[] encoded, String name) {
    return upright(parse(encoded, name));
  }

  private static Size upright(ImageFile file) {
    return file.orientation().turns()
        ? new Size(file.width(), file.height())
        : new Size(file.height(), file.width());
  }

  private ImageFile parse(byte[] encoded, String name) {
    format = ImageFormat.of(encoded).orElseThrow(() -> unknownFormat(encoded, name));
    ImageFile file = format.parse(encoded, name, readers);
    if ((long) file.height() * file.width() > pixelLimit) {
      throw ConvoyException.data(
          "%s: the image claims %dx%d pixels (height x width); the limit is %d: scale it down",
          name, file.height(), file.width(), pixelLimit);
    }
    return file;
  }

  private static ConvoyException unknownFormat(byte[] encoded, String name) {
    return ConvoyException.data(
        "%s: the file is no image that is read (by its first bytes; it has %d bytes)%s: %s are"
            + " read; convert it or take it out of the folder",
        name,
        encoded.length,
        FileKind.of(encoded).map(kind -> ", but " + kind).orElse(""),
        ImageFormat.titles());
  }

  /** Gives back the decoders' native memory; a closed decoder can be used again. */
  @Override
  public void close() {
    readers.close();
  }
}
