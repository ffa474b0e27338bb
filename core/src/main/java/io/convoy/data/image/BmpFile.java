package io.convoy.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;

/**
 * A BMP, for TwelveMonkeys' reader: a file header of 14 bytes, and a header whose length tells its
 * version (OS/2 1 and 2, Windows 3 to 5). The fourth byte of 32-bit pixels is an opacity only where
 * a header from version 3 on gives it a mask, as in Pillow. Runs that end early are an error of the
 * reader's.
 *
 * @param bits of a pixel
 * @param compression one of Windows' numbers
 * @param end behind the last row where there are no runs; else the file's
 */
record BmpFile(FileBytes file, int height, int width, int bits, int compression, long end)
    implements WholeImageFile {
  private static final int HEADER = 14;
  private static final int OS2_HEADER = 12;
  private static final int OS2_2_HEADER = 64;
  private static final int WINDOWS_HEADER = 40;
  private static final Set<Integer> HEADERS =
      Set.of(OS2_HEADER, WINDOWS_HEADER, 52, 56, OS2_2_HEADER, 108, 124);
  private static final int PLAIN = 0;
  private static final int RUNS_OF_8 = 1;
  private static final int RUNS_OF_4 = 2;
  private static final int MASKS = 3;
  private static final int JPEG = 4;
  private static final int PNG = 5;
  private static final int MASKS_AND_OPACITY = 6;

  /** Two letters alone would do for many a text: the length of the next header tells, too. */
  static boolean matches(byte[] start) {
    return FileBytes.startsWith(start, 0, "BM")
        && start.length >= HEADER + 4
        && HEADERS.contains(ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt(HEADER));
  }

  static BmpFile parse(byte[] encoded, String name) {
    FileBytes file = new FileBytes("BMP", name, encoded, true);
    int header = file.i32(HEADER);
    file.require(HEADER, header);
    boolean os2 = header == OS2_HEADER;
    int width = os2 ? file.u16(HEADER + 4) : file.i32(HEADER + 4);
    int height = os2 ? file.u16(HEADER + 6) : file.i32(HEADER + 8);
    int bits = file.u16(HEADER + (os2 ? 10 : 14));
    int compression = os2 ? PLAIN : file.i32(HEADER + 16);
    if (width < 1 || height == 0 || height == Integer.MIN_VALUE) {
      throw file.damaged("%sx%s pixels".formatted(height, width));
    }
    requireKind(file, header, bits, compression, height < 0);
    long start = file.u32(10);
    file.require(start, 1);
    int rows = Math.abs(height);
    long stride = ((long) width * bits + 31) / 32 * 4;
    boolean runs = compression == RUNS_OF_8 || compression == RUNS_OF_4;
    if (!runs) {
      // the last row need not be filled up to a multiple of four
      file.require(start, stride * (rows - 1) + ((long) width * bits + 7) / 8);
    }
    long end = runs ? file.length() : start + stride * rows;
    return new BmpFile(file, rows, width, bits, compression, end);
  }

  private static void requireKind(
      FileBytes file, int header, int bits, int compression, boolean fromTop) {
    boolean fits =
        switch (compression) {
          case PLAIN -> Set.of(1, 2, 4, 8, 16, 24, 32).contains(bits);
          case RUNS_OF_8 -> bits == 8 && !fromTop;
          case RUNS_OF_4 -> bits == 4 && !fromTop;
          case MASKS, JPEG, PNG, MASKS_AND_OPACITY -> {
            if (header == OS2_2_HEADER) {
              throw file.refused("an OS/2 image that is compressed by Huffman's or RLE24's way");
            }
            if (compression == JPEG || compression == PNG) {
              throw file.refused(
                  "a whole %s image".formatted(compression == JPEG ? "JPEG" : "PNG"));
            }
            yield bits == 16 || bits == 32;
          }
          default -> false;
        };
    if (!fits) {
      throw file.damaged("compression %s of %s bits a pixel".formatted(compression, bits));
    }
  }

  @Override
  public Orientation orientation() {
    return Orientation.UPRIGHT;
  }

  @Override
  public Samples decode(ImageReaders readers) {
    byte[] bytes = Arrays.copyOf(file.bytes(), Math.toIntExact(end));
    if (compression == PLAIN && bits > 8 && file.i32(HEADER) > WINDOWS_HEADER) {
      // masks in a longer header do not hold here, but the reader would go by them
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(HEADER, WINDOWS_HEADER);
    }
    return readers.read(
        ImageReaders.Library.BMP,
        bytes,
        file.name(),
        reader -> {
          ImageReaders.checkSize(file.name(), reader, height, width);
          BufferedImage image = reader.read(0);
          if (image.getColorModel() instanceof IndexColorModel colours) {
            return Palette.lookUp(image, colours, file);
          }
          return Samples.of(Components.of(image.getRaster(), image.getRaster().getNumBands()));
        });
  }
}
