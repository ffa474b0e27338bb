package io.convoy.data.image;

import io.convoy.tensor.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes JPEG files by the JDK's own writer: baseline, colours sampled 2x2. JDKs may differ in the
 * bytes that they write. Not for several threads at once.
 */
public final class JpegEncoder implements AutoCloseable {
  private static final String JDK_WRITER = "com.sun.imageio.plugins.jpeg.JPEGImageWriterSpi";

  private final ImageWriter writer;

  public JpegEncoder() {
    ImageWriterSpi provider = null;
    var providers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageWriterSpi.class, false);
    while (providers.hasNext() && provider == null) {
      ImageWriterSpi next = providers.next();
      provider = next.getClass().getName().equals(JDK_WRITER) ? next : null;
    }
    if (provider == null) {
      throw new IllegalStateException("this Java has no " + JDK_WRITER + ": it lacks java.desktop");
    }
    try {
      writer = provider.createWriterInstance();
    } catch (IOException e) {
      throw new IllegalStateException("cannot create " + JDK_WRITER, e);
    }
  }

  /**
   * Encodes an image.
   *
   * @param image of 3 channels
   * @param quality 1 to 100, as libjpeg counts it
   */
  public byte[] encode(Pixels image, int quality) {
    Shape shape = image.shape();
    if (shape.channels() != 3 || quality < 1 || quality > 100) {
      throw new IllegalArgumentException(
          "RGB, quality 1 to 100; got %s and %s".formatted(shape, quality));
    }
    BufferedImage picture =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    byte[] rgb = image.bytes();
    for (int i = 0; i < bgr.length; i += 3) {
      bgr[i] = rgb[i + 2];
      bgr[i + 1] = rgb[i + 1];
      bgr[i + 2] = rgb[i];
    }
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    how.setCompressionQuality(quality / 100f);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), how);
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    writer.dispose();
  }
}
