package io.convoy.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The opacity of lossy pixels (RFC 9649, section 2.7.1.2): as it is, or compressed as the green of
 * lossless pixels; each pixel is what it is more than one beside it.
 */
record WebpOpacity(WebpFile image) {
  private static final int HORIZONTAL = 1;
  private static final int VERTICAL = 2;
  private static final int GRADIENT = 3;
  private static final byte LOSSLESS = 0x2F;

  /** The opacity of each pixel. */
  byte[] read(ImageReaders readers) {
    FileBytes file = image.file();
    int start = image.opacity().start();
    int flags = file.u8(start);
    byte[] differences =
        switch (flags & 3) {
          case 0 -> plain(start + 1);
          case 1 -> compressed(readers, start + 1);
          default -> throw file.damaged("opacities of compression %s".formatted(flags & 3));
        };
    add(differences, flags >> 2 & 3);
    return differences;
  }

  private byte[] plain(int start) {
    int pixels = Math.multiplyExact(image.frame().height(), image.frame().width());
    if (image.opacity().end() - start < pixels) {
      throw image.file().damaged("its opacities end early");
    }
    return Arrays.copyOfRange(image.file().bytes(), start, start + pixels);
  }

  private byte[] compressed(ImageReaders readers, int start) {
    int length = image.opacity().end() - start;
    ByteBuffer data = ByteBuffer.allocate(5 + length).order(ByteOrder.LITTLE_ENDIAN);
    data.put(LOSSLESS);
    data.putInt((image.frame().width() - 1) | (image.frame().height() - 1) << 14);
    data.put(image.file().bytes(), start, length).flip();
    byte[] rgb = new WebpLossless(image, readers).decode(data, 3).samples();
    byte[] green = new byte[rgb.length / 3];
    for (int i = 0; i < green.length; i++) {
      green[i] = rgb[3 * i + 1];
    }
    return green;
  }

  private void add(byte[] pixels, int filter) {
    int width = image.frame().width();
    for (int i = 1; filter != 0 && i < pixels.length; i++) {
      int left = i % width == 0 ? -1 : pixels[i - 1] & 0xFF;
      int above = i < width ? -1 : pixels[i - width] & 0xFF;
      int expected;
      if (left < 0 || above < 0) {
        expected = Math.max(left, above);
      } else {
        expected =
            switch (filter) {
              case HORIZONTAL -> left;
              case VERTICAL -> above;
              case GRADIENT ->
                  Math.max(0, Math.min(255, left + above - (pixels[i - width - 1] & 0xFF)));
              default -> throw new IllegalArgumentException("filter " + filter);
            };
      }
      pixels[i] += (byte) expected;
    }
  }
}
