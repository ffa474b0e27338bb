package io.convoy.launcher.glyphs;

import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageWriterSpi;

/**
 * The JDK's JPEG writer, chosen by name: never by ImageIO's search, which depends on which plug-ins
 * the class loader of the moment sees.
 */
final class JdkJpegWriter {
  private static final String NAME = "com.sun.imageio.plugins.jpeg.JPEGImageWriterSpi";

  private JdkJpegWriter() {}

  /** A new one; its class is not exported, but the registry always has it. */
  static ImageWriter create() throws IOException {
    Iterator<ImageWriterSpi> providers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageWriterSpi.class, false);
    while (providers.hasNext()) {
      ImageWriterSpi provider = providers.next();
      if (provider.getClass().getName().equals(NAME)) {
        return provider.createWriterInstance();
      }
    }
    throw new IllegalStateException("this Java has no " + NAME + ": it lacks java.desktop");
  }
}
