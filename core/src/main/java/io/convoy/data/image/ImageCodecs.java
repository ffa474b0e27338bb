package io.convoy.data.image;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
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
public final class ImageCodecs {
  private static final String JDK_PNG_READER = "com.sun.imageio.plugins.png.PNGImageReaderSpi";

  // libjpeg's texts for "the rest of this image is made up", the JDK's for a missing end, and those
  // of the WebP reader for an opacity that it takes for full
  private static final List<String> DAMAGE =
      List.of(
          "Corrupt JPEG data",
          "Premature end of",
          "Inconsistent progression",
          "Invalid SOS parameters",
          "Truncated File",
          "Unknown WebP alpha",
          "Uncompressed WebP alpha",
          "Nothing to decode");

  private ImageCodecs() {}

  /**
   * TwelveMonkeys' JPEG reader over the JDK's: it keeps application segments that the JDK trips
   * over (broken JFIF, EXIF, ICC) away from it.
   */
  static ImageReader jpeg() {
    JPEGImageReaderSpi provider = new JPEGImageReaderSpi();
    // looks up the JDK's own reader, and does no more as long as the provider is not registered
    provider.onRegistration(IIORegistry.getDefaultInstance(), ImageReaderSpi.class);
    return create(provider);
  }

  /** The JDK's PNG reader. */
  static ImageReader png() {
    return create(ofJdk(ImageReaderSpi.class, JDK_PNG_READER));
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
