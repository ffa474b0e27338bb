package io.convoy.data.image;

import io.convoy.data.image.jpeg.JpegDecoder;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The formats that are read, told by their first bytes and never by a name. All that is asked about
 * a format is asked here, so that a new one is one more constant.
 */
public enum ImageFormat {
  JPEG("JPEG") {
    @Override
    boolean matches(byte[] start) {
      return JpegDecoder.matches(start);
    }

    @Override
    ImageFile parse(byte[] encoded, String name, ImageReaders readers) {
      return JpegImage.open(encoded, name, readers.jpeg());
    }
  },
  PNG("PNG") {
    @Override
    boolean matches(byte[] start) {
      return PngFile.matches(start);
    }

    @Override
    ImageFile parse(byte[] encoded, String name, ImageReaders readers) {
      return PngFile.parse(encoded, name);
    }
  },
  BMP("BMP") {
    @Override
    boolean matches(byte[] start) {
      return BmpFile.matches(start);
    }

    @Override
    ImageFile parse(byte[] encoded, String name, ImageReaders readers) {
      return BmpFile.parse(encoded, name);
    }
  },
  GIF("GIF") {
    @Override
    boolean matches(byte[] start) {
      return GifFile.matches(start);
    }

    @Override
    ImageFile parse(byte[] encoded, String name, ImageReaders readers) {
      return GifFile.parse(encoded, name);
    }
  },
  TIFF("TIFF") {
    @Override
    boolean matches(byte[] start) {
      return TiffFile.matches(start);
    }

    @Override
    ImageFile parse(byte[] encoded, String name, ImageReaders readers) {
      return TiffFile.parse(encoded, name);
    }
  },
  WEBP("WebP") {
    @Override
    boolean matches(byte[] start) {
      return WebpFile.matches(start);
    }

    @Override
    ImageFile parse(byte[] encoded, String name, ImageReaders readers) {
      return WebpFile.parse(encoded, name);
    }
  };

  private final String title;

  ImageFormat(String title) {
    this.title = title;
  }

  /** The format of a file that begins so; empty where it is none of these. */
  public static Optional<ImageFormat> of(byte[] start) {
    return Arrays.stream(values()).filter(format -> format.matches(start)).findFirst();
  }

  /** The names of all formats, for messages. */
  public static String titles() {
    return Arrays.stream(values()).map(ImageFormat::title).collect(Collectors.joining(", "));
  }

  /** What people call it. */
  public String title() {
    return title;
  }

  abstract boolean matches(byte[] start);

  /**
   * Reads and checks the headers.
   *
   * @throws io.convoy.error.ConvoyException of kind DATA where they are damaged, or say what is not
   *     read
   */
  abstract ImageFile parse(byte[] encoded, String name, ImageReaders readers);
}
