package io.convoy.data.image;

/**
 * A BMP's runs of equal pixels: a count and a value; or 0 and a command: 0 ends a row, 1 the image,
 * 2 moves on, more are single pixels, filled up to an even number of bytes. Values are bytes, or
 * two pixels of four bits. What is moved over has colour 0; what goes over the end of a row is left
 * out, as in Pillow.
 */
final class BmpRuns {
  private final BmpFile image;
  private final boolean halves;
  private final byte[] indices;
  private int x;
  private int row;
  private long position;

  BmpRuns(BmpFile image) {
    this.image = image;
    this.halves = image.bits() == 4;
    this.indices = new byte[Math.multiplyExact(image.height(), image.width())];
    this.position = image.start();
  }

  /**
   * @throws io.convoy.error.ConvoyException of kind DATA where runs end before the image is full
   */
  byte[] indices() {
    boolean more = true;
    while (more) {
      int count = image.file().u8(position);
      int value = image.file().u8(position + 1);
      position += 2;
      if (count > 0) {
        run(count, value);
      } else {
        more = command(value);
      }
    }
    return indices;
  }

  private void run(int count, int value) {
    for (int i = 0; i < count; i++) {
      put(halves ? (i % 2 == 0 ? value >> 4 : value & 15) : value);
    }
  }

  /** Whether there is more. */
  private boolean command(int command) {
    switch (command) {
      case 0 -> {
        x = 0;
        row++;
      }
      case 1 -> {
        if (!isFull()) {
          throw image.file().damaged("its runs end in row %s, from the bottom".formatted(row + 1));
        }
        return false;
      }
      case 2 -> {
        x += image.file().u8(position);
        row += image.file().u8(position + 1);
        position += 2;
      }
      default -> single(command);
    }
    // a file may lack its end mark
    return !isFull() || position < image.file().length();
  }

  private boolean isFull() {
    return row >= image.height() || (row == image.height() - 1 && x >= image.width());
  }

  private void single(int count) {
    long bytes = halves ? (count + 1) / 2 : count;
    image.file().require(position, bytes);
    for (int i = 0; i < count; i++) {
      int value = image.file().u8(position + (halves ? i / 2 : i));
      put(halves ? (i % 2 == 0 ? value >> 4 : value & 15) : value);
    }
    position += bytes + bytes % 2;
  }

  private void put(int index) {
    if (row >= image.height()) {
      throw image.file().damaged("there are more than %s rows".formatted(image.height()));
    }
    if (x < image.width()) {
      int y = image.height() - 1 - row;
      indices[y * image.width() + x] = (byte) index;
    }
    x++;
  }
}
