package io.convoy.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * What a decoder gives: {@code count} raw components a pixel, interleaved, before any conversion of
 * colours.
 *
 * @param samples {@code height * width * count} unsigned bytes
 */
record Components(int height, int width, int count, byte[] samples) {

  /** The components of a raster of bytes. */
  static Components of(Raster raster, int expected) {
    int count = raster.getNumBands();
    if (count != expected) {
      throw new IllegalStateException(
          "%s components where the header says %s".formatted(count, expected));
    }
    // the JDK's JPEG rasters hold exactly these bytes: taken as they are
    if (raster.getDataBuffer() instanceof DataBufferByte buffer
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel model
        && isDense(raster, buffer, model)) {
      return new Components(raster.getHeight(), raster.getWidth(), count, buffer.getData());
    }
    return copy(raster, count, 0);
  }

  private static boolean isDense(
      Raster raster, DataBufferByte buffer, PixelInterleavedSampleModel model) {
    int count = raster.getNumBands();
    int[] offsets = model.getBandOffsets();
    for (int band = 0; band < count; band++) {
      if (offsets[band] != band) {
        return false;
      }
    }
    return raster.getMinX() == raster.getSampleModelTranslateX()
        && raster.getMinY() == raster.getSampleModelTranslateY()
        && buffer.getNumBanks() == 1
        && buffer.getOffset() == 0
        && model.getPixelStride() == count
        && model.getScanlineStride() == count * raster.getWidth()
        && buffer.getData().length == count * raster.getWidth() * raster.getHeight();
  }

  /**
   * The components of a PNG: a palette is looked up, the second byte of 16-bit samples and an alpha
   * channel are left out.
   */
  static Components of(BufferedImage image) {
    Raster raster = image.getRaster();
    if (image.getColorModel() instanceof IndexColorModel palette) {
      return lookUp(raster, palette);
    }
    int bands = raster.getNumBands();
    return copy(raster, bands < 3 ? 1 : 3, raster.getSampleModel().getSampleSize(0) - 8);
  }

  private static Components copy(Raster raster, int count, int shift) {
    int height = raster.getHeight();
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    byte[] samples = new byte[Math.multiplyExact(Math.multiplyExact(height, width), count)];
    int[] row = new int[width * bands];
    int target = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int band = 0; band < count; band++) {
          samples[target++] = (byte) (row[x * bands + band] >> shift);
        }
      }
    }
    return new Components(height, width, count, samples);
  }

  private static Components lookUp(Raster raster, IndexColorModel palette) {
    int height = raster.getHeight();
    int width = raster.getWidth();
    byte[] samples = new byte[Math.multiplyExact(Math.multiplyExact(height, width), 3)];
    int[] row = new int[width];
    int target = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int index : row) {
        samples[target++] = (byte) palette.getRed(index);
        samples[target++] = (byte) palette.getGreen(index);
        samples[target++] = (byte) palette.getBlue(index);
      }
    }
    return new Components(height, width, 3, samples);
  }
}
