package io.convoy.data.image;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Decoders, chosen by name: never by ImageIO's search, which depends on which plug-ins the class
 * loader of the moment sees (none of those in a Spark application's jar).
 */
final class ImageCodecs {
  private static final String JDK_PNG_READER = "com.sun.imageio.plugins.png.PNGImageReaderSpi";
  private static final String JDK_GIF_READER = "com.sun.imageio.plugins.gif.GIFImageReaderSpi";

  /** The version of TwelveMonkeys' readers of TIFF and WebP. */
  static final String TWELVE_MONKEYS = "3.15.0";

  // of the GIF reader for pixels that it makes up, and of the WebP reader for an opacity that it
  // takes for full and for pixels that it leaves black
  private static final List<String> DAMAGE =
      List.of(
          "Out-of-sequence code!",
          "Unknown WebP alpha",
          "Uncompressed WebP alpha",
          "Nothing to decode");

  private ImageCodecs() {}

  /** The JDK's PNG reader. */
  static ImageReader png() {
    return create(ofJdk(ImageReaderSpi.class, JDK_PNG_READER));
  }

  /** TwelveMonkeys' BMP reader. */
  static ImageReader bmp() {
    return create(new BMPImageReaderSpi());
  }

  /** The JDK's GIF reader. */
  static ImageReader gif() {
    return create(ofJdk(ImageReaderSpi.class, JDK_GIF_READER));
  }

  /** TwelveMonkeys' TIFF reader. */
  static ImageReader tiff() {
    return create(new TIFFImageReaderSpi());
  }

  /** TwelveMonkeys' WebP reader. */
  static ImageReader webp() {
    return create(new WebPImageReaderSpi());
  }

  /** The JDK's own classes are not exported; the registry always has them. */
  private static <T> T ofJdk(Class<T> kind, String name) {
    Iterator<T> providers = IIORegistry.getDefaultInstance().getServiceProviders(kind, false);
    while (providers.hasNext()) {
      T provider = providers.next();
      if (provider.getClass().getName().equals(name)) {
        return provider;
      }
    }
    throw new IllegalStateException("this Java has no " + name + ": it lacks java.desktop");
  }

  private static ImageReader create(ImageReaderSpi provider) {
    try {
      return provider.createReaderInstance();
    } catch (IOException e) {
      throw new IllegalStateException("cannot create " + provider.getClass().getName(), e);
    }
  }

  /** Whether a decoder's warning says that pixels are wrong or missing. */
  static boolean meansDamage(String warning) {
    return DAMAGE.stream().anyMatch(warning::startsWith);
  }
}
