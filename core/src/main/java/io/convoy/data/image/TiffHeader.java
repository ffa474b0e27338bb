package io.convoy.data.image;

import java.util.Arrays;

/** Reads what a directory of a TIFF says of the pixels, and refuses by name what is not read. */
record TiffHeader(TiffDirectory directory) {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int FILL_ORDER = 266;
  private static final int STRIP_OFFSETS = 273;
  private static final int ORIENTATION = 274;
  private static final int SAMPLES = 277;
  private static final int STRIP_ROWS = 278;
  private static final int STRIP_BYTES = 279;
  private static final int PLANES = 284;
  private static final int PREDICTOR = 317;
  private static final int COLOURS = 320;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;
  private static final int EXTRA = 338;
  private static final int SAMPLE_FORMAT = 339;

  private static final int MOST_SAMPLES = 16;

  /** In pixels, where the image is small. */
  private static final long LARGEST_TILE = 1 << 22;

  private FileBytes file() {
    return directory.file();
  }

  TiffFile read() {
    int width = size(WIDTH);
    int height = size(HEIGHT);
    TiffFile.Colours colours = colours();
    int samples = samples(colours);
    int bits = bits(colours, samples);
    boolean planar = planar() && samples > 1;
    TiffFile.Compression compression = compression();
    TiffFile read =
        new TiffFile(
            file(),
            height,
            width,
            Orientation.ofExif((int) directory.number(ORIENTATION, 1)),
            colours,
            alpha(colours, samples),
            samples,
            bits,
            planar,
            differences(compression, bits),
            compression,
            colours == TiffFile.Colours.PALETTE ? palette(bits) : new Palette(new int[0]),
            pieces(height, width, planar ? samples : 1));
    requireData(read);
    return read;
  }

  private int size(int tag) {
    long size = directory.number(tag);
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw file().damaged("tag %s, a size, is %s".formatted(tag, size));
    }
    return (int) size;
  }

  private TiffFile.Colours colours() {
    int photometric = (int) directory.number(PHOTOMETRIC);
    return switch (photometric) {
      case 0 -> TiffFile.Colours.WHITE_IS_ZERO;
      case 1 -> TiffFile.Colours.BLACK_IS_ZERO;
      case 2 -> TiffFile.Colours.RGB;
      case 3 -> TiffFile.Colours.PALETTE;
      case 4 -> throw file().refused("a mask");
      case 5 -> throw file().refused("colours as inks (CMYK)");
      case 6 -> throw file().refused("colours as YCbCr");
      case 8, 9, 10 -> throw file().refused("colours as L*a*b*");
      default -> throw file().refused("colours of kind %s".formatted(photometric));
    };
  }

  private int samples(TiffFile.Colours colours) {
    long samples = directory.number(SAMPLES, 1);
    if (samples < colours.count() || samples > MOST_SAMPLES) {
      throw file().damaged("%s samples a pixel".formatted(samples));
    }
    if (colours == TiffFile.Colours.PALETTE && samples != 1) {
      throw file().refused("a palette with %s samples a pixel".formatted(samples));
    }
    return (int) samples;
  }

  private int bits(TiffFile.Colours colours, int samples) {
    long[] bits = directory.has(BITS) ? directory.numbers(BITS) : new long[] {1};
    long formats = directory.number(SAMPLE_FORMAT, 1);
    // 4 is said to be unknown, which is read as if nothing were said
    if (formats != 1 && formats != 4) {
      throw file()
          .refused(formats == 3 ? "floating-point samples" : "samples of format " + formats);
    }
    if (Arrays.stream(bits).anyMatch(each -> each != bits[0])) {
      throw file().refused("samples of different sizes");
    }
    boolean narrow = samples == 1 && (bits[0] == 1 || bits[0] == 2 || bits[0] == 4);
    boolean deep = bits[0] == 16 && colours != TiffFile.Colours.PALETTE;
    if (!narrow && bits[0] != 8 && !deep) {
      throw file().refused("%s samples of %s bits a pixel".formatted(samples, bits[0]));
    }
    if (directory.number(FILL_ORDER, 1) != 1) {
      throw file().refused("bits from right to left");
    }
    return (int) bits[0];
  }

  private Samples.Alpha alpha(TiffFile.Colours colours, int samples) {
    if (samples == colours.count()) {
      return Samples.Alpha.NONE;
    }
    if (!directory.has(EXTRA)) {
      // one that nothing is said of is an opacity, as in Pillow
      return samples == colours.count() + 1 ? Samples.Alpha.STRAIGHT : Samples.Alpha.NONE;
    }
    return switch ((int) directory.number(EXTRA)) {
      case 1 -> Samples.Alpha.PREMULTIPLIED;
      case 2 -> Samples.Alpha.STRAIGHT;
      default -> Samples.Alpha.NONE;
    };
  }

  private boolean planar() {
    long planes = directory.number(PLANES, 1);
    if (planes != 1 && planes != 2) {
      throw file().damaged("planar configuration %s".formatted(planes));
    }
    return planes == 2;
  }

  private TiffFile.Compression compression() {
    int compression = (int) directory.number(COMPRESSION, 1);
    return switch (compression) {
      case 1 -> TiffFile.Compression.NONE;
      case 5 -> TiffFile.Compression.LZW;
      case 8, 32946 -> TiffFile.Compression.DEFLATE;
      case 32773 -> TiffFile.Compression.PACK_BITS;
      case 2, 3, 4 -> throw file().refused("pixels compressed as a fax (CCITT)");
      case 6, 7 -> throw file().refused("pixels compressed as JPEG");
      case 34925 -> throw file().refused("pixels compressed by LZMA");
      case 50000 -> throw file().refused("pixels compressed by Zstandard");
      case 50001 -> throw file().refused("pixels compressed as WebP");
      default -> throw file().refused("pixels of compression %s".formatted(compression));
    };
  }

  private boolean differences(TiffFile.Compression compression, int bits) {
    boolean applies =
        compression == TiffFile.Compression.LZW || compression == TiffFile.Compression.DEFLATE;
    long predictor = applies ? directory.number(PREDICTOR, 1) : 1;
    if (predictor != 1 && (predictor != 2 || bits < 8)) {
      throw file().refused("samples of %s bits behind predictor %s".formatted(bits, predictor));
    }
    return predictor == 2;
  }

  private Palette palette(int bits) {
    long[] levels = directory.numbers(COLOURS);
    int colours = 1 << bits;
    if (levels.length != 3 * colours) {
      throw file().damaged("a palette of %s numbers".formatted(levels.length));
    }
    // some writers use the low bytes only
    int shift = Arrays.stream(levels).allMatch(level -> level < 256) ? 0 : 8;
    int[] argb = new int[colours];
    for (int i = 0; i < colours; i++) {
      long red = levels[i] >> shift;
      long green = levels[colours + i] >> shift;
      argb[i] = (int) (0xFF << 24 | red << 16 | green << 8 | levels[2 * colours + i] >> shift);
    }
    return new Palette(argb);
  }

  private TiffPieces pieces(int height, int width, int planes) {
    boolean tiles = directory.has(TILE_OFFSETS);
    int pieceWidth = tiles ? size(TILE_WIDTH) : width;
    int pieceHeight =
        tiles ? size(TILE_HEIGHT) : (int) Math.min(height, directory.number(STRIP_ROWS, height));
    if (pieceHeight < 1
        || (long) pieceHeight * pieceWidth > Math.max(LARGEST_TILE, (long) height * width)) {
      throw file().damaged("pieces of %sx%s pixels".formatted(pieceHeight, pieceWidth));
    }
    long across = ((long) width + pieceWidth - 1) / pieceWidth;
    long down = ((long) height + pieceHeight - 1) / pieceHeight;
    long[] offsets = directory.numbers(tiles ? TILE_OFFSETS : STRIP_OFFSETS);
    long[] bytes = directory.numbers(tiles ? TILE_BYTES : STRIP_BYTES);
    // both factors are below 2^31: no overflow before the planes, which are few
    if (offsets.length / planes != across * down
        || offsets.length % planes != 0
        || bytes.length != offsets.length) {
      throw file()
          .damaged(
              "%s offsets and %s lengths for %s pieces in each of %s planes"
                  .formatted(offsets.length, bytes.length, across * down, planes));
    }
    return new TiffPieces(tiles, pieceHeight, pieceWidth, (int) across, (int) down, offsets, bytes);
  }

  /** Every piece lies in the file, and can hold what it should by its length. */
  private void requireData(TiffFile image) {
    TiffPieces pieces = image.pieces();
    long ratio =
        switch (image.compression()) {
          case NONE -> 1;
          case PACK_BITS -> 128;
          case DEFLATE -> PngFile.LARGEST_RATIO;
          // 12 bits stand for 4,096 bytes at most
          case LZW -> 4096;
        };
    TiffPixels pixels = new TiffPixels(image);
    for (int i = 0; i < pieces.offsets().length; i++) {
      file().require(pieces.offsets()[i], pieces.bytes()[i]);
      long needed = pixels.pieceBytes(i);
      if (needed > Integer.MAX_VALUE - 64) {
        throw file().refused("a piece of %s bytes".formatted(needed));
      }
      if (needed / ratio > pieces.bytes()[i]) {
        throw file()
            .damaged(
                "the %s bytes of piece %s cannot hold its pixels".formatted(pieces.bytes()[i], i));
      }
    }
  }
}
