package io.convoy.benchmarks.images;

import io.convoy.benchmarks.networks.Step;
import io.convoy.data.raster.Crop;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The JDK's own reader, and its bilinear scaling, which is not antialiased. */
final class ImageIoImages implements Step {
  private final ImageSet set;
  private final Task task;
  private final ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();

  ImageIoImages(ImageSet set, Task task) {
    this.set = set;
    this.task = task;
  }

  @Override
  public void run() {
    for (int i = 0; i < set.files().size(); i++) {
      BufferedImage image = read(set.files().get(i));
      if (task == Task.CROP) {
        crop(image, ImageSet.crop(i, image.getHeight(), image.getWidth()));
      }
    }
  }

  private BufferedImage read(byte[] encoded) {
    ByteArrayInputStream bytes = new ByteArrayInputStream(encoded);
    try (MemoryCacheImageInputStream stream = new MemoryCacheImageInputStream(bytes)) {
      reader.setInput(stream, true, true);
      return reader.read(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void crop(BufferedImage image, Crop crop) {
    Image part = image.getSubimage(crop.left(), crop.top(), crop.width(), crop.height());
    BufferedImage resized =
        new BufferedImage(ImageSet.SIDE, ImageSet.SIDE, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = resized.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(part, 0, 0, ImageSet.SIDE, ImageSet.SIDE, null);
    graphics.dispose();
  }

  @Override
  public void close() {
    reader.dispose();
  }
}
