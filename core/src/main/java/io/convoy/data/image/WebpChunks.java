package io.convoy.data.image;

import io.convoy.data.raster.Crop;

/** One walk over the chunks of a WebP. */
final class WebpChunks {
  private static final int FIRST = 12;
  private static final int HEAD = 8;
  private static final int FRAME_HEADER = 16;
  private static final int LOSSY_HEADER = 10;
  private static final int START_CODE = 0x2A019D;

  private final FileBytes file;
  private final long end;
  private int canvasHeight;
  private int canvasWidth;
  private Crop frame;
  private int opacity = -1;
  private int pixels = -1;
  private Orientation orientation = Orientation.UPRIGHT;

  WebpChunks(FileBytes file) {
    this.file = file;
    this.end = HEAD + file.u32(4);
    if (end > file.length()) {
      throw file.truncated();
    }
  }

  WebpFile run() {
    long position = FIRST;
    while (position + HEAD <= end) {
      String kind = file.code(position);
      long length = length(position, end);
      chunk(kind, (int) position, length);
      position += HEAD + length + length % 2;
    }
    if (pixels < 0) {
      throw file.damaged("it holds no image");
    }
    return file();
  }

  private long length(long position, long limit) {
    long length = file.u32(position + 4);
    if (length > limit - position - HEAD) {
      throw file.damaged("chunk %s ends behind what holds it".formatted(file.shown(position)));
    }
    return length;
  }

  private void chunk(String kind, int position, long length) {
    int start = position + HEAD;
    switch (kind) {
      case "VP8X" -> {
        file.require(start, 10);
        canvasWidth = 1 + u24(start + 4);
        canvasHeight = 1 + u24(start + 7);
      }
      case "ANMF" -> {
        if (pixels < 0) {
          animationFrame(start, (int) length);
        }
      }
      case "ALPH", "VP8 ", "VP8L" -> {
        if (pixels < 0) {
          imageChunk(kind, position);
        }
      }
      case "EXIF" -> {
        int tiff = FileBytes.startsWith(file.bytes(), start, "Exif\0\0") ? start + 6 : start;
        int code = ExifOrientation.code(file.bytes(), tiff, start + (int) length);
        orientation = Orientation.ofExif(code);
      }
      // profiles and texts have no part in the pixels
      default -> {}
    }
  }

  private void animationFrame(int start, int length) {
    if (length < FRAME_HEADER) {
      throw file.damaged("a frame of %s bytes".formatted(length));
    }
    frame = new Crop(2 * u24(start + 3), 2 * u24(start), 1 + u24(start + 9), 1 + u24(start + 6));
    long limit = (long) start + length;
    long position = (long) start + FRAME_HEADER;
    while (position + HEAD <= limit && pixels < 0) {
      long inner = length(position, limit);
      imageChunk(file.code(position), (int) position);
      position += HEAD + inner + inner % 2;
    }
    if (pixels < 0) {
      throw file.damaged("its first frame is empty");
    }
  }

  private void imageChunk(String kind, int position) {
    if (kind.equals("ALPH")) {
      opacity = position;
    } else if (kind.equals("VP8 ") || kind.equals("VP8L")) {
      pixels = position;
    }
  }

  private WebpFile file() {
    boolean lossless = file.code(pixels).equals("VP8L");
    WebpFile.Range range = range(pixels);
    if (range.end() - range.start() < LOSSY_HEADER) {
      throw file.damaged("an image of %s bytes".formatted(range.end() - range.start()));
    }
    int[] size = lossless ? losslessSize(range.start()) : lossySize(range);
    int height = size[0];
    int width = size[1];
    if (height == 0 || width == 0) {
      throw file.damaged("%sx%s pixels".formatted(height, width));
    }
    Crop place = frame != null ? frame : Crop.whole(height, width);
    int outerHeight = canvasHeight == 0 ? height : canvasHeight;
    int outerWidth = canvasWidth == 0 ? width : canvasWidth;
    boolean fits =
        frame == null
            ? outerHeight == height && outerWidth == width
            : frame.top() + height <= outerHeight && frame.left() + width <= outerWidth;
    if (!fits || place.height() != height || place.width() != width) {
      throw file.damaged(
          "an image of %sx%s pixels on a canvas of %sx%s"
              .formatted(height, width, outerHeight, outerWidth));
    }
    return new WebpFile(
        file,
        outerHeight,
        outerWidth,
        place,
        orientation,
        lossless && (file.u8(range.start() + 4) & 0x10) != 0,
        range,
        opacity(lossless));
  }

  private int[] losslessSize(int start) {
    if (file.u8(start) != 0x2F) {
      throw file.damaged("its lossless image does not begin as one");
    }
    int bits = file.i32(start + 1);
    return new int[] {1 + (bits >> 14 & 0x3FFF), 1 + (bits & 0x3FFF)};
  }

  /** A key frame (RFC 6386, 9.1): its first part must lie in the chunk, with bytes behind it. */
  private int[] lossySize(WebpFile.Range range) {
    int start = range.start();
    int head = u24(start);
    if ((head & 1) != 0 || u24(start + 3) != START_CODE) {
      throw file.damaged("its lossy image does not begin as one");
    }
    if (LOSSY_HEADER + (head >> 5) >= range.end() - start) {
      throw file.damaged("the first part of its pixels ends behind what holds it");
    }
    return new int[] {file.u16(start + 8) & 0x3FFF, file.u16(start + 6) & 0x3FFF};
  }

  /** The reader knows opacities that are compressed. */
  private WebpFile.Range opacity(boolean lossless) {
    if (opacity < 0 || lossless) {
      return null;
    }
    int compression = file.u8(opacity + HEAD) & 3;
    if (compression == 0) {
      throw file.refused("opacities that are not compressed");
    }
    if (compression != 1) {
      throw file.damaged("opacities of compression %s".formatted(compression));
    }
    return range(opacity);
  }

  private WebpFile.Range range(int chunk) {
    int start = chunk + HEAD;
    return new WebpFile.Range(start, start + (int) length(chunk, end));
  }

  private int u24(int index) {
    return file.u16(index) | file.u8(index + 2) << 16;
  }
}
