package io.convoy.data.image;

import com.twelvemonkeys.imageio.util.ProgressListenerBase;
import io.convoy.data.raster.Crop;
import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * A GIF (version 87a or 89a) cut down to the blocks that make its first frame, for the JDK's
 * reader. The frame is laid on the logical screen as Pillow does: around it there is nothing where
 * the frame has a transparent colour, else colour 0; a frame that does not fit makes the screen
 * larger.
 *
 * @param height of the screen
 * @param width of the screen
 * @param frame where the first frame lies on it
 * @param blocks the file with these blocks only
 */
record GifFile(FileBytes file, int height, int width, Crop frame, byte[] blocks)
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
    return readers.read(
        ImageReaders.Library.GIF,
        blocks,
        file.name(),
        reader -> {
          ImageReaders.checkSize(file.name(), reader, frame.height(), frame.width());
          BufferedImage screen = reader.getRawImageType(0).createBufferedImage(width, height);
          IndexColorModel colours = (IndexColorModel) screen.getColorModel();
          int[] row = new int[width];
          Arrays.fill(row, Math.max(0, colours.getTransparentPixel()));
          for (int y = 0; y < height; y++) {
            screen.getRaster().setSamples(0, y, width, 1, 0, row);
          }
          ImageReadParam onScreen = reader.getDefaultReadParam();
          onScreen.setDestination(screen);
          onScreen.setDestinationOffset(new Point(frame.left(), frame.top()));
          Progress progress = new Progress();
          reader.addIIOReadProgressListener(progress);
          reader.read(0, onScreen);
          reader.removeIIOReadProgressListener(progress);
          if (progress.percentage < 100) {
            throw file.damaged("its data end before its pixels do");
          }
          return Palette.lookUp(screen, colours, file);
        });
  }

  /** The reader says nothing else where data end early. */
  private static final class Progress extends ProgressListenerBase {
    private float percentage;

    @Override
    public void imageProgress(ImageReader source, float percentageDone) {
      percentage = percentageDone;
    }
  }

  /** One walk over the blocks. */
  private static final class Scan {
    private static final int SCREEN = 6;
    private static final int BEHIND_SCREEN = 13;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int FRAME = 0x2C;
    private static final int FRAME_LENGTH = 10;
    private static final int END = 0x3B;

    private final FileBytes file;
    private final ByteArrayOutputStream blocks = new ByteArrayOutputStream();
    private int position = BEHIND_SCREEN;
    private boolean coloured;

    Scan(FileBytes file) {
      this.file = file;
    }

    GifFile run() {
      file.require(0, BEHIND_SCREEN);
      passColours(file.u8(SCREEN + 4));
      blocks.write(file.bytes(), 0, position);
      byte[] control = {};
      int block = file.u8(position);
      while (block != FRAME) {
        if (block != EXTENSION) {
          throw file.damaged("a block of kind %s before the first frame".formatted(block));
        }
        int start = position;
        boolean ofFrame = file.u8(position + 1) == GRAPHIC_CONTROL && file.u8(position + 2) == 4;
        position += 2;
        passData(false);
        control = ofFrame ? Arrays.copyOfRange(file.bytes(), start, position) : control;
        block = file.u8(position);
      }
      blocks.writeBytes(control);
      return frame();
    }

    /** A table of colours where the flags say that there is one. */
    private void passColours(int flags) {
      if ((flags & 0x80) != 0) {
        int length = 3 * (2 << (flags & 7));
        file.require(position, length);
        position += length;
        coloured = true;
      }
    }

    /** Parts of up to 255 bytes, and an empty one, which may be missing at the end of the file. */
    private void passData(boolean last) {
      int length = 1;
      while (length > 0 && !(last && position == file.length())) {
        length = file.u8(position);
        file.require(position, 1 + length);
        position += 1 + length;
      }
    }

    private GifFile frame() {
      int start = position;
      file.require(start, FRAME_LENGTH);
      int left = file.u16(start + 1);
      int top = file.u16(start + 3);
      int width = file.u16(start + 5);
      int height = file.u16(start + 7);
      if (width == 0 || height == 0) {
        throw file.damaged("a frame of %sx%s pixels".formatted(height, width));
      }
      position += FRAME_LENGTH;
      passColours(file.u8(start + 9));
      if (!coloured) {
        throw file.refused("a frame without a table of colours");
      }
      position++;
      passData(true);
      blocks.write(file.bytes(), start, position - start);
      // what may be missing; where it is not, the reader has enough before
      blocks.writeBytes(new byte[] {0, END});
      return new GifFile(
          file,
          Math.max(file.u16(SCREEN + 2), top + height),
          Math.max(file.u16(SCREEN), left + width),
          new Crop(top, left, height, width),
          blocks.toByteArray());
    }
  }
}
