package io.convoy.benchmarks.images;

import io.convoy.error.ConvoyException;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Photographs of two megapixels, for sets whose own are smaller: many side by side at their own
 * size, so that there is as much detail in a pixel as before.
 */
final class Mosaics {
  private static final int HEIGHT = 1224;
  private static final int WIDTH = 1632;
  private static final int COUNT = 16;
  private static final float QUALITY = 0.9f;

  private Mosaics() {}

  /** Writes some mosaics of a set into a folder. */
  static void write(ImageSet set, Path folder) {
    int next = 0;
    try {
      for (int i = 0; i < COUNT; i++) {
        BufferedImage mosaic = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = mosaic.createGraphics();
        int rowHeight = 0;
        for (int y = 0; y < HEIGHT; y += rowHeight) {
          rowHeight = 1;
          for (int x = 0; x < WIDTH; ) {
            byte[] file = set.files().get(next++ % set.files().size());
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
            graphics.drawImage(image, x, y, null);
            x += image.getWidth();
            rowHeight = Math.max(rowHeight, image.getHeight() / 2);
          }
        }
        graphics.dispose();
        write(mosaic, folder.resolve("mosaic-%s.jpg".formatted(i + 10)));
      }
    } catch (IOException e) {
      throw new ConvoyException(ConvoyException.Kind.RESOURCE, "cannot write mosaics: " + e, e);
    }
  }

  private static void write(BufferedImage image, Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    how.setCompressionQuality(QUALITY);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
  }
}
