package io.convoy.explain;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture as a page holds it: an address that is the picture itself. Small ones keep every pixel,
 * as PNG; larger ones are made small, as JPEG, so that a page of many stays small, too.
 */
public final class Thumbnail {
  /** Pixels of the longer side up to which a picture stays as it is. */
  static final int SMALL = 64;

  /** Pixels of the longer side of others, where nobody asks for more. */
  static final int SIDE = 112;

  /** Pixels of the longer side up to which JPEG saves nothing. */
  private static final int TINY = 32;

  private static final float QUALITY = 0.85f;

  private Thumbnail() {}

  /** The address of a picture. */
  public static String address(RgbImage image) {
    return address(image, SIDE);
  }

  /**
   * The address of a picture.
   *
   * @param most pixels of the longer side of one that is not small
   */
  public static String address(RgbImage image, int most) {
    int side = Math.max(image.height(), image.width());
    BufferedImage all = image(image);
    return side <= SMALL
        ? "data:image/png;base64," + text(png(all))
        : "data:image/jpeg;base64," + text(jpeg(scaled(all, (double) most / side)));
  }

  /** The address of a photograph, for pages of many: as JPEG unless it is tiny. */
  public static String photograph(RgbImage image) {
    int side = Math.max(image.height(), image.width());
    return side <= TINY
        ? address(image)
        : "data:image/jpeg;base64," + text(jpeg(scaled(image(image), (double) SIDE / side)));
  }

  /** A picture as a PNG file, every pixel as it is. */
  public static byte[] png(RgbImage image) {
    return png(image(image));
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static BufferedImage image(RgbImage from) {
    BufferedImage image =
        new BufferedImage(from.width(), from.height(), BufferedImage.TYPE_INT_RGB);
    int[] line = new int[from.width()];
    for (int row = 0; row < from.height(); row++) {
      for (int column = 0; column < line.length; column++) {
        int at = 3 * (row * line.length + column);
        line[column] =
            (from.rgb()[at] & 0xFF) << 16
                | (from.rgb()[at + 1] & 0xFF) << 8
                | (from.rgb()[at + 2] & 0xFF);
      }
      image.setRGB(0, row, line.length, 1, line, 0, line.length);
    }
    return image;
  }

  private static BufferedImage scaled(BufferedImage image, double factor) {
    if (factor >= 1) {
      return image;
    }
    int width = Math.max(1, (int) Math.round(factor * image.getWidth()));
    int height = Math.max(1, (int) Math.round(factor * image.getHeight()));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return small;
  }

  private static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture in memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static byte[] jpeg(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam options = writer.getDefaultWriteParam();
    options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    options.setCompressionQuality(QUALITY);
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), options);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture in memory cannot be written", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
