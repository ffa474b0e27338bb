package io.convoy.data.image;

import io.convoy.data.image.jpeg.JpegDecoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The formats that are read, told by their first bytes; what a name says is only told. All that is
 * asked about a format is asked here, so that a new one is one more constant.
 */
public enum ImageFormat {
  JPEG("JPEG", "jpg jpeg jpe jfif") {
    @Override
    boolean matches(byte[] start) {
      return JpegDecoder.matches(start);
    }

    @Override
    ImageFile parse(byte[] encoded, String name, ImageReaders readers) {
      return JpegImage.open(encoded, name, readers.jpeg());
    }
  },
  PNG("PNG", "png") {
    @Override
    boolean matches(byte[] start) {
      return PngFile.matches(start);
    }

    @Override
    ImageFile parse(byte[] encoded, String name, ImageReaders readers) {
      return PngFile.parse(encoded, name);
    }
  },
  BMP("BMP", "bmp dib") {
    @Override
    boolean matches(byte[] start) {
      return BmpFile.matches(start);
    }

    @Override
    ImageFile parse(byte[] encoded, String name, ImageReaders readers) {
      return BmpFile.parse(encoded, name);
    }
  },
  GIF("GIF", "gif") {
    @Override
    boolean matches(byte[] start) {
      return GifFile.matches(start);
    }

    @Override
    ImageFile parse(byte[] encoded, String name, ImageReaders readers) {
      return GifFile.parse(encoded, name);
    }
  },
  TIFF("TIFF", "tif tiff") {
    @Override
    boolean matches(byte[] start) {
      return TiffFile.matches(start);
    }

    @Override
    ImageFile parse(byte[] encoded, String name, ImageReaders readers) {
      return TiffFile.parse(encoded, name);
    }
  },
  WEBP("WebP", "webp") {
    @Override
    boolean matches(byte[] start) {
      return WebpFile.matches(start);
    }

    @Override
    ImageFile parse(byte[] encoded, String name, ImageReaders readers) {
      return WebpFile.parse(encoded, name);
    }
  };

  private static final Map<String, ImageFormat> BY_ENDING = new HashMap<>();

  static {
    for (ImageFormat format : values()) {
      for (String ending : format.endings.split(" ", -1)) {
        BY_ENDING.put(ending, format);
      }
    }
  }

  private final String title;
  private final String endings;

  /**
   * @param endings of names, in small letters
   */
  ImageFormat(String title, String endings) {
    this.title = title;
    this.endings = endings;
  }

  /** The format of a file that begins so; empty where it is none of these. */
  public static Optional<ImageFormat> of(byte[] start) {
    return Arrays.stream(values()).filter(format -> format.matches(start)).findFirst();
  }

  /** The format that a file's name says it has, by its ending; empty where it says none. */
  public static Optional<ImageFormat> ofName(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return ending.length() == name.length()
        ? Optional.empty()
        : Optional.ofNullable(BY_ENDING.get(ending));
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
