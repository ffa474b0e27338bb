package io.convoy.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The first page of a TIFF (TIFF 6.0), for TwelveMonkeys' reader. It sees a directory of no more
 * than the tags that make pixels: no profile, no other page. Kinds of pixels that it would get
 * wrong, or lead through the JDK's colour management, are refused by name.
 *
 * @param colours samples of a pixel without those that are extra: 1 or 3
 * @param reduced the file with this directory
 */
record TiffFile(
    FileBytes file,
    int height,
    int width,
    Orientation orientation,
    int colours,
    Samples.Alpha alpha,
    byte[] reduced)
    implements WholeImageFile {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int COLOURS = 262;
  private static final int FILL_ORDER = 266;
  private static final int ORIENTATION = 274;
  private static final int SAMPLES = 277;
  private static final int PLANES = 284;
  private static final int PREDICTOR = 317;
  private static final int PALETTE = 320;
  private static final int EXTRA = 338;
  private static final int FORMAT = 339;

  private static final int WHITE_IS_ZERO = 0;
  private static final int RGB = 2;
  private static final int INDEXED = 3;
  private static final int MOST_SAMPLES = 16;

  static boolean matches(byte[] start) {
    return FileBytes.startsWith(start, 0, "II*\0")
        || FileBytes.startsWith(start, 0, "MM\0*")
        || FileBytes.startsWith(start, 0, "II+\0")
        || FileBytes.startsWith(start, 0, "MM\0+");
  }

  static TiffFile parse(byte[] encoded, String name) {
    FileBytes file = new FileBytes("TIFF", name, encoded, encoded[0] == 'I');
    if (file.u16(2) != 42) {
      throw file.refused("offsets of 64 bits (BigTIFF)");
    }
    TiffDirectory directory = TiffDirectory.read(file);
    int kind = kind(directory);
    int colours = kind == RGB ? 3 : 1;
    int samples = samples(directory, kind, colours);
    int bits = bits(directory, kind, samples);
    int height = directory.size(HEIGHT);
    int width = directory.size(WIDTH);
    boolean planar = planar(directory) && samples > 1;
    int ratio = ratio(directory);
    TiffPieces.of(directory, height, width)
        .require(planar ? samples : 1, (planar ? 1 : samples) * bits, ratio);
    Set<Integer> tags =
        new HashSet<>(List.of(WIDTH, HEIGHT, BITS, COMPRESSION, COLOURS, SAMPLES, EXTRA));
    tags.addAll(TiffPieces.tags(directory));
    if (planar) {
      tags.add(PLANES);
    }
    if (kind == INDEXED) {
      tags.add(PALETTE);
    }
    if (differences(directory, bits)) {
      tags.add(PREDICTOR);
    }
    return new TiffFile(
        file,
        height,
        width,
        Orientation.ofExif((int) directory.number(ORIENTATION, 1)),
        colours,
        alpha(directory, colours, samples),
        directory.reduced(tags));
  }

  private static int kind(TiffDirectory directory) {
    int kind = (int) directory.number(COLOURS);
    return switch (kind) {
      case 0, 1, 2, 3 -> kind;
      case 4 -> throw directory.file().refused("a mask");
      case 5 -> throw directory.file().refused("colours as inks (CMYK)");
      case 6 -> throw directory.file().refused("colours as YCbCr");
      case 8, 9, 10 -> throw directory.file().refused("colours as L*a*b*");
      default -> throw directory.file().refused("colours of kind %s".formatted(kind));
    };
  }

  private static int samples(TiffDirectory directory, int kind, int colours) {
    long samples = directory.number(SAMPLES, 1);
    if (samples < colours || samples > MOST_SAMPLES) {
      throw directory.file().damaged("%s samples a pixel".formatted(samples));
    }
    if (samples > 1 && (kind == INDEXED || kind == WHITE_IS_ZERO)) {
      // the reader turns the opacity round with the grey
      throw directory
          .file()
          .refused(
              "%s with %s samples a pixel"
                  .formatted(kind == INDEXED ? "a palette" : "grey that is white at 0", samples));
    }
    return (int) samples;
  }

  private static int bits(TiffDirectory directory, int kind, int samples) {
    FileBytes file = directory.file();
    long[] bits = directory.has(BITS) ? directory.numbers(BITS) : new long[] {1};
    long format = directory.number(FORMAT, 1);
    // 4 is said to be unknown, which is read as if nothing were said
    if (format != 1 && format != 4) {
      throw file.refused(format == 3 ? "floating-point samples" : "samples of format " + format);
    }
    if (Arrays.stream(bits).anyMatch(each -> each != bits[0])) {
      throw file.refused("samples of different sizes");
    }
    boolean narrow = samples == 1 && (bits[0] == 1 || bits[0] == 2 || bits[0] == 4);
    if (!narrow && bits[0] != 8 && (bits[0] != 16 || kind == INDEXED)) {
      throw file.refused("%s samples of %s bits a pixel".formatted(samples, bits[0]));
    }
    if (directory.number(FILL_ORDER, 1) != 1) {
      throw file.refused("bits from right to left");
    }
    if (kind == INDEXED && directory.numbers(PALETTE).length != 3 << bits[0]) {
      throw file.damaged("a palette of %s numbers".formatted(directory.numbers(PALETTE).length));
    }
    return (int) bits[0];
  }

  private static boolean planar(TiffDirectory directory) {
    long planes = directory.number(PLANES, 1);
    if (planes != 1 && planes != 2) {
      throw directory.file().damaged("planar configuration %s".formatted(planes));
    }
    return planes == 2;
  }

  /** How many bytes one byte can become, at most. */
  private static int ratio(TiffDirectory directory) {
    FileBytes file = directory.file();
    int compression = (int) directory.number(COMPRESSION, 1);
    return switch (compression) {
      case 1 -> 1;
      // LZW: 12 bits stand for 4,096 bytes at most
      case 5 -> 4096;
      case 8, 32946 -> PngFile.LARGEST_RATIO;
      // PackBits
      case 32773 -> 128;
      case 2, 3, 4 -> throw file.refused("pixels compressed as a fax (CCITT)");
      case 6, 7 -> throw file.refused("pixels compressed as JPEG");
      case 34925 -> throw file.refused("pixels compressed by LZMA");
      case 50000 -> throw file.refused("pixels compressed by Zstandard");
      case 50001 -> throw file.refused("pixels compressed as WebP");
      default -> throw file.refused("pixels of compression %s".formatted(compression));
    };
  }

  /** Whether samples are differences; elsewhere than in LZW and Deflate, the tag means nothing. */
  private static boolean differences(TiffDirectory directory, int bits) {
    long compression = directory.number(COMPRESSION, 1);
    boolean applies = compression != 1 && compression != 32773;
    long predictor = applies ? directory.number(PREDICTOR, 1) : 1;
    if (predictor != 1 && (predictor != 2 || bits < 8)) {
      throw directory
          .file()
          .refused("samples of %s bits behind predictor %s".formatted(bits, predictor));
    }
    return predictor == 2;
  }

  private static Samples.Alpha alpha(TiffDirectory directory, int colours, int samples) {
    if (samples == colours) {
      return Samples.Alpha.NONE;
    }
    // one that nothing is said of is an opacity, as in Pillow
    return switch ((int) directory.number(EXTRA, samples == colours + 1 ? 2 : 0)) {
      case 1 -> Samples.Alpha.PREMULTIPLIED;
      case 2 -> Samples.Alpha.STRAIGHT;
      default -> Samples.Alpha.NONE;
    };
  }

  @Override
  public Samples decode(ImageReaders readers) {
    return readers.read(
        ImageReaders.Library.TIFF,
        reduced,
        file.name(),
        reader -> {
          ImageReaders.checkSize(file.name(), reader, height, width);
          BufferedImage image = reader.read(0);
          if (image.getColorModel() instanceof IndexColorModel palette) {
            return Palette.lookUp(image, palette, file);
          }
          int count = colours + (alpha == Samples.Alpha.NONE ? 0 : 1);
          return new Samples(
              Components.of(image.getRaster(), count),
              colours == 3 ? ColourModel.RGB : ColourModel.GREY,
              alpha);
        });
  }
}
