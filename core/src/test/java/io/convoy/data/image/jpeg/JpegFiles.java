package io.convoy.data.image.jpeg;

import io.convoy.reference.Numbers;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG files for tests, by the JDK's writer. */
final class JpegFiles {
  /** Progressive files in {@code jpeg-scans/}, of 10 or 14 scans; its {@code make.py} made them. */
  static final List<String> KNOWN =
      List.of(
          "414-40x150.jpg",
          "420-101x67.jpg",
          "420-1x1.jpg",
          "420-31x17.jpg",
          "420-33x130.jpg",
          "422-58x90.jpg",
          "440-17x100.jpg",
          "444-70x41.jpg",
          "grey-101x67.jpg",
          "grey-9x30.jpg",
          "grey2x2-20x66.jpg",
          "restart-66x50.jpg",
          "zero-31x17.jpg");

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

  /** One of the {@link #KNOWN} files. */
  static byte[] known(String name) {
    try (InputStream in = JpegFiles.class.getResourceAsStream("/jpeg-scans/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file without the scans that are not kept; the tables before them stay. */
  static byte[] keeping(byte[] jpeg, Set<Integer> scans) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    kept.write(jpeg, 0, 2);
    int scan = -1;
    int at = 2;
    while (code(jpeg, at) != 0xD9) {
      int end = at + 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF));
      boolean starts = code(jpeg, at) == 0xDA;
      if (starts) {
        scan++;
        while (code(jpeg, end) == 0 || (code(jpeg, end) & 0xF8) == 0xD0) {
          end++;
        }
      }
      if (!starts || scans.contains(scan)) {
        kept.write(jpeg, at, end - at);
      }
      at = end;
    }
    kept.write(jpeg, at, jpeg.length - at);
    return kept.toByteArray();
  }

  /** Of the marker at a place; 0 where there is none. */
  private static int code(byte[] jpeg, int at) {
    return jpeg[at] == (byte) 0xFF ? jpeg[at + 1] & 0xFF : 0;
  }
}
