package io.convoy.data.image;

import io.convoy.data.raster.Crop;
import java.util.Arrays;

/**
 * A GIF (version 87a or 89a) up to the end of its first frame. The frame is laid on the logical
 * screen as Pillow does: around it there is nothing where the frame has a transparent colour, else
 * colour 0; a frame that does not fit makes the screen larger. Later frames are not looked at. Read
 * by own code, since the JDK's reader gives half of an image that is truncated without a word.
 *
 * @param height of the screen
 * @param width of the screen
 * @param frame where the first frame lies on it
 * @param transparent the number of the transparent colour; -1 for none
 * @param rows of an interlaced frame: which row comes when
 * @param data where the frame's compressed data begin
 */
record GifFile(
    FileBytes file,
    int height,
    int width,
    Crop frame,
    Palette palette,
    int transparent,
    int[] rows,
    int data)
    implements WholeImageFile {

  static boolean matches(byte[] start) {
    return FileBytes.startsWith(start, 0, "GIF87a") || FileBytes.startsWith(start, 0, "GIF89a");
  }

  static GifFile parse(byte[] encoded, String name) {
    return new Scan(new FileBytes("GIF", name, encoded, true)).run();
  }

  @Override
  public Orientation orientation() {
    return Orientation.UPRIGHT;
  }

  @Override
  public Samples decode(ImageReaders readers) {
    byte[] pixels =
        new GifLzw(file, data).decode(Math.multiplyExact(frame.height(), frame.width()));
    byte[] screen = new byte[Math.multiplyExact(height, width)];
    Arrays.fill(screen, (byte) Math.max(0, transparent));
    for (int row = 0; row < frame.height(); row++) {
      int y = frame.top() + rows[row];
      System.arraycopy(
          pixels, row * frame.width(), screen, y * width + frame.left(), frame.width());
    }
    return palette.lookUp(screen, height, width, file);
  }

  /** One walk over the blocks. */
  private static final class Scan {
    private static final int SCREEN = 6;
    private static final int BEHIND_SCREEN = 13;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int FRAME = 0x2C;
    private static final int GREYS = 256;

    private final FileBytes file;
    private int position = BEHIND_SCREEN;
    private int transparent = -1;

    Scan(FileBytes file) {
      this.file = file;
    }

    GifFile run() {
      int width = file.u16(SCREEN);
      int height = file.u16(SCREEN + 2);
      int[] colours = colours(file.u8(SCREEN + 4));
      int block = file.u8(position++);
      while (block != FRAME) {
        if (block != EXTENSION) {
          throw file.damaged("a block of kind %s before the first frame".formatted(block));
        }
        extension();
        block = file.u8(position++);
      }
      return frame(height, width, colours);
    }

    /** A table of colours where the flags say that there is one; else null. */
    private int[] colours(int flags) {
      if ((flags & 0x80) == 0) {
        return null;
      }
      int[] argb = new int[2 << (flags & 7)];
      file.require(position, 3L * argb.length);
      for (int i = 0; i < argb.length; i++) {
        int at = position + 3 * i;
        argb[i] = 0xFF << 24 | file.u8(at) << 16 | file.u8(at + 1) << 8 | file.u8(at + 2);
      }
      position += 3 * argb.length;
      return argb;
    }

    private void extension() {
      int label = file.u8(position++);
      int length = file.u8(position);
      if (label == GRAPHIC_CONTROL && length >= 4) {
        boolean seen = (file.u8(position + 1) & 1) == 0;
        transparent = seen ? -1 : file.u8(position + 4);
      }
      while (length > 0) {
        position += 1 + length;
        length = file.u8(position);
      }
      position++;
    }

    private GifFile frame(int screenHeight, int screenWidth, int[] common) {
      int left = file.u16(position);
      int top = file.u16(position + 2);
      int width = file.u16(position + 4);
      int height = file.u16(position + 6);
      int flags = file.u8(position + 8);
      position += 9;
      if (width == 0 || height == 0) {
        throw file.damaged("a frame of %sx%s pixels".formatted(height, width));
      }
      int[] own = colours(flags);
      int[] colours = own != null ? own : common != null ? common : greys();
      return new GifFile(
          file,
          Math.max(screenHeight, top + height),
          Math.max(screenWidth, left + width),
          new Crop(top, left, height, width),
          new Palette(withTransparency(colours)),
          transparent,
          rows(height, (flags & 0x40) != 0),
          position);
    }

    private static int[] greys() {
      int[] argb = new int[GREYS];
      Arrays.setAll(argb, grey -> 0xFF << 24 | grey * 0x010101);
      return argb;
    }

    /** A transparent colour may lie behind the table. */
    private int[] withTransparency(int[] colours) {
      if (transparent < 0) {
        return colours;
      }
      int[] argb = Arrays.copyOf(colours, Math.max(colours.length, transparent + 1));
      Arrays.fill(argb, colours.length, argb.length, 0xFF << 24);
      argb[transparent] &= 0xFFFFFF;
      return argb;
    }

    /** Interlaced rows come in four passes: every eighth, those between, and so on. */
    private static int[] rows(int height, boolean interlaced) {
      int[] rows = new int[height];
      Arrays.setAll(rows, row -> row);
      if (!interlaced) {
        return rows;
      }
      int[] starts = {0, 4, 2, 1};
      int[] steps = {8, 8, 4, 2};
      int next = 0;
      for (int pass = 0; pass < starts.length; pass++) {
        for (int y = starts[pass]; y < height; y += steps[pass]) {
          rows[next++] = y;
        }
      }
      return rows;
    }
  }
}
