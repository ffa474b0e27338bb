package io.convoy.data.image.jpeg;

import io.convoy.reference.Numbers;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG files for tests, by the JDK's writer. */
final class JpegFiles {
  private JpegFiles() {}

  /** Waves with noise, so that all coefficients occur; colours are sampled 2x2. */
  static byte[] noisy(int height, int width, int type, boolean progressive) {
    BufferedImage image = new BufferedImage(width, height, type);
    int bands = image.getRaster().getNumBands();
    for (int i = 0; i < height * width * bands; i++) {
      int x = i / bands % width;
      int y = i / bands / width;
      int wave = (x * x / 7 + y * 5 + 60 * (i % bands)) % 190;
      int noise = (int) (Numbers.bits(8, i) >>> 59);
      image.getRaster().setSample(x, y, i % bands, wave + noise);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    if (progressive) {
      how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
