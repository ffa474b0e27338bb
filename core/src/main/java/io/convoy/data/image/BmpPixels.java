package io.convoy.data.image;

/** The pixels of a BMP: rows, or runs. */
record BmpPixels(BmpFile image) {
  static final int PLAIN = 0;
  static final int RUNS_OF_8 = 1;
  static final int RUNS_OF_4 = 2;
  static final int MASKS = 3;
  static final int MASKS_AND_OPACITY = 6;

  static boolean inRuns(int compression) {
    return compression == RUNS_OF_8 || compression == RUNS_OF_4;
  }

  Samples samples() {
    if (image.bits() <= 8) {
      byte[] indices = inRuns(image.compression()) ? new BmpRuns(image).indices() : indices();
      return image.palette().lookUp(indices, image.height(), image.width(), image.file());
    }
    return image.bits() == 24 ? triples() : masked();
  }

  private int rowStart(int y) {
    int stored = image.fromTop() ? y : image.height() - 1 - y;
    return (int) (image.start() + stored * image.stride());
  }

  private byte[] indices() {
    int width = image.width();
    byte[] indices = new byte[Math.multiplyExact(image.height(), width)];
    for (int y = 0; y < image.height(); y++) {
      PackedRows.unpack(image.file().bytes(), rowStart(y), image.bits(), width, indices, y * width);
    }
    return indices;
  }

  private Samples triples() {
    byte[] from = image.file().bytes();
    byte[] to = room(3);
    int next = 0;
    for (int y = 0; y < image.height(); y++) {
      int start = rowStart(y);
      for (int at = start; at < start + 3 * image.width(); at += 3) {
        to[next++] = from[at + 2];
        to[next++] = from[at + 1];
        to[next++] = from[at];
      }
    }
    return samples(3, to);
  }

  private Samples masked() {
    int[] masks = image.masks();
    int count = masks[3] == 0 ? 3 : 4;
    int step = image.bits() / 8;
    byte[] to = room(count);
    int next = 0;
    for (int y = 0; y < image.height(); y++) {
      int start = rowStart(y);
      for (int x = 0; x < image.width(); x++) {
        int at = start + step * x;
        int pixel = step == 2 ? image.file().u16(at) : image.file().i32(at);
        for (int band = 0; band < count; band++) {
          to[next++] = (byte) scaled(pixel, masks[band]);
        }
      }
    }
    return samples(count, to);
  }

  /** A field of a pixel, from 0 to 255, rounded down as in Pillow. */
  private static int scaled(int pixel, int mask) {
    int shift = Integer.numberOfTrailingZeros(mask);
    long value = Integer.toUnsignedLong(pixel & mask) >>> shift;
    return (int) (value * 255 / (Integer.toUnsignedLong(mask) >>> shift));
  }

  private byte[] room(int count) {
    return new byte[Math.multiplyExact(Math.multiplyExact(image.height(), image.width()), count)];
  }

  private Samples samples(int count, byte[] samples) {
    return Samples.of(new Components(image.height(), image.width(), count, samples));
  }
}
