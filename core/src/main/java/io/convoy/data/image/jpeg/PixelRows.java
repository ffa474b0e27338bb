package io.convoy.data.image.jpeg;

import io.convoy.data.raster.Crop;
import io.convoy.data.raster.Planes;
import io.convoy.kernel.JpegKernels;
import java.util.Arrays;

/** Makes pixels of the samples of all components: enlarges coarse ones, converts colours. */
final class PixelRows {
  private final JpegKernels kernels;
  private final byte[][] rows = {{}, {}, {}, {}};

  PixelRows(JpegKernels kernels) {
    this.kernels = kernels;
  }

  /**
   * Writes a piece of an image.
   *
   * @param fancy whether enlarging interpolates
   * @param crop in pixels of the image at its scale
   * @param to gets grey; red, green and blue; or cyan, magenta, yellow and black
   */
  void write(
      ComponentPlane[] planes,
      int count,
      JpegColours colours,
      boolean fancy,
      Crop crop,
      Planes to) {
    byte[] out = to.room(crop.height(), crop.width(), count);
    int plane = crop.height() * crop.width();
    boolean convert = colours == JpegColours.YCBCR || colours == JpegColours.INVERTED_YCCK;
    byte[][] sources = new byte[count][];
    int[] starts = new int[count];
    for (int y = 0; y < crop.height(); y++) {
      for (int i = 0; i < count; i++) {
        locate(planes[i], i, fancy, crop, crop.top() + y, sources, starts);
      }
      int at = y * crop.width();
      if (convert) {
        kernels.toRgb(
            sources[0],
            starts[0],
            sources[1],
            starts[1],
            sources[2],
            starts[2],
            crop.width(),
            out,
            at,
            plane);
      }
      for (int i = convert ? 3 : 0; i < count; i++) {
        System.arraycopy(sources[i], starts[i], out, at + i * plane, crop.width());
      }
    }
    if (colours == JpegColours.INVERTED_YCCK) {
      invert(out, 3 * plane);
    }
  }

  /** What YCbCr gives is red, green and blue: the inverse of the ink. */
  private static void invert(byte[] out, int length) {
    for (int i = 0; i < length; i++) {
      out[i] = (byte) ~out[i];
    }
  }

  /** Finds, or makes, a row of a component in the image's own resolution. */
  private void locate(
      ComponentPlane plane,
      int index,
      boolean fancy,
      Crop crop,
      int row,
      byte[][] sources,
      int[] starts) {
    int h = plane.enlargeH();
    int v = plane.enlargeV();
    int sampleRow = row / v;
    if (h == 1 && v == 1) {
      sources[index] = plane.samples();
      starts[index] = plane.at(sampleRow, crop.left());
      return;
    }
    int first = crop.left() / h;
    int length = (crop.left() + crop.width() - 1) / h + 1 - first;
    byte[] to = room(index, length * h);
    sources[index] = to;
    starts[index] = crop.left() - first * h;
    int near = plane.at(sampleRow, first);
    int other = row % 2 == 0 ? Math.max(0, sampleRow - 1) : sampleRow + 1;
    int far = plane.at(Math.min(other, plane.height() - 1), first);
    boolean wide = fancy && h == 2 && plane.width() > 2;
    if (wide && v == 1) {
      kernels.doubleColumns(plane.samples(), near, length, to);
    } else if (wide && v == 2) {
      kernels.doubleBoth(plane.samples(), near, far, length, to);
    } else if (fancy && h == 1 && v == 2) {
      kernels.blendRows(plane.samples(), near, far, row % 2 == 0 ? 1 : 2, length, to);
    } else {
      repeat(plane.samples(), near, length, h, to);
    }
  }

  private static void repeat(byte[] samples, int start, int length, int times, byte[] to) {
    for (int x = 0; x < length; x++) {
      Arrays.fill(to, x * times, (x + 1) * times, samples[start + x]);
    }
  }

  private byte[] room(int index, int length) {
    int needed = length + 2 * JpegKernels.SPARE_BYTES;
    if (rows[index].length < needed) {
      rows[index] = new byte[needed];
    }
    return rows[index];
  }
}
