package io.convoy.data.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A PNG (ISO/IEC 15948) cut down to the chunks that make its pixels, for the JDK's reader, and what
 * that reader is not asked for: colours that are transparent, and the EXIF orientation. Profiles
 * and texts have no part in the result and cannot trip the reader; checksums, which it does not
 * look at, are checked.
 *
 * @param bits of a sample: 1, 2, 4, 8 or 16
 * @param palette {@code 0xAARRGGBB} by number; empty where pixels hold colours
 * @param transparent the one colour that is transparent, a full sample for each component; empty
 *     where there is none
 * @param critical the file with its critical chunks only
 */
record PngFile(
    FileBytes file,
    int height,
    int width,
    int bits,
    Palette palette,
    int[] transparent,
    Orientation orientation,
    byte[] critical)
    implements WholeImageFile {
  static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";

  /** How much deflate can make of a byte, at most. */
  static final int LARGEST_RATIO = 1032;

  static boolean matches(byte[] start) {
    return FileBytes.startsWith(start, 0, SIGNATURE);
  }

  /**
   * @throws io.convoy.error.ConvoyException of kind DATA, with the name, where a chunk is cut short
   *     or damaged
   */
  static PngFile parse(byte[] encoded, String name) {
    return new Scan(new FileBytes("PNG", name, encoded, false)).run();
  }

  @Override
  public Samples decode(ImageReaders readers) {
    requireData();
    return readers.read(
        ImageReaders.Library.PNG,
        critical,
        file.name(),
        reader -> {
          ImageReaders.checkSize(file.name(), reader, height, width);
          return new PngPixels(this).samples(reader.read(0).getRaster());
        });
  }

  /** Before memory is taken; one sample a pixel at least, however the image is interlaced. */
  private void requireData() {
    long needed = height * (1 + ((long) width * bits + 7) / 8);
    if (needed / LARGEST_RATIO > critical.length) {
      throw file.damaged(
          "its %s bytes cannot hold %sx%s pixels".formatted(critical.length, height, width));
    }
  }

  /** One walk over the chunks. */
  private static final class Scan {
    private static final Set<String> USED = Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "eXIf");
    private static final int FRAME = 12;
    private static final int HEADER = SIGNATURE.length() + 8;

    private final FileBytes file;
    private final ByteArrayOutputStream critical;
    private byte[] colours = {};
    private byte[] transparency = {};
    private Orientation orientation = Orientation.UPRIGHT;

    Scan(FileBytes file) {
      this.file = file;
      this.critical = new ByteArrayOutputStream(file.length());
    }

    PngFile run() {
      critical.write(file.bytes(), 0, SIGNATURE.length());
      int position = SIGNATURE.length();
      String type = "";
      while (!type.equals("IEND")) {
        boolean first = type.isEmpty();
        long length = file.length() - position < FRAME ? -1 : file.u32(position);
        if (length < 0 || length > file.length() - position - FRAME) {
          throw file.damaged("it ends after %s bytes, in mid-chunk".formatted(file.length()));
        }
        type = file.code(position + 4);
        if (first && (!type.equals("IHDR") || length != 13)) {
          throw file.damaged("it does not begin with its header");
        }
        if (!first && type.equals("IHDR")) {
          throw file.damaged("there are two headers");
        }
        if (USED.contains(type)) {
          chunk(type, position, (int) length);
        }
        position += FRAME + (int) length;
      }
      return file();
    }

    private void chunk(String type, int position, int length) {
      CRC32 sum = new CRC32();
      sum.update(file.bytes(), position + 4, length + 4);
      if ((int) sum.getValue() != file.i32(position + 8 + length)) {
        throw file.damaged("the checksum of chunk %s fails".formatted(type));
      }
      int start = position + 8;
      byte[] content = Arrays.copyOfRange(file.bytes(), start, start + length);
      switch (type) {
        case "tRNS" -> transparency = content;
        case "eXIf" -> orientation = Orientation.ofExif(ExifOrientation.code(content, 0, length));
        case "PLTE" -> {
          if (length == 0 || length % 3 != 0 || length > 3 * 256) {
            throw file.damaged("a palette of %s bytes".formatted(length));
          }
          colours = content;
        }
        case "IHDR", "IDAT", "IEND" -> {}
        default -> throw new IllegalArgumentException(type);
      }
      // a palette of another kind of image is a proposal for screens; the JDK's reader needs none
      boolean proposal = type.equals("PLTE") && file.u8(HEADER + 9) != PngPixels.INDEXED;
      if (!type.equals("tRNS") && !type.equals("eXIf") && !proposal) {
        critical.write(file.bytes(), position, FRAME + length);
      }
    }

    private PngFile file() {
      int width = file.i32(HEADER);
      int height = file.i32(HEADER + 4);
      int bits = file.u8(HEADER + 8);
      int kind = file.u8(HEADER + 9);
      int bands = PngPixels.bands(kind);
      if (height < 1 || width < 1) {
        throw file.damaged("%sx%s pixels".formatted(height, width));
      }
      if (bands == 0 || !PngPixels.allows(kind, bits)) {
        throw file.damaged("colour type %s of %s bits".formatted(kind, bits));
      }
      boolean indexed = kind == PngPixels.INDEXED;
      if (indexed && colours.length == 0) {
        throw file.damaged("there is no palette");
      }
      return new PngFile(
          file,
          height,
          width,
          bits,
          indexed ? palette() : new Palette(new int[0]),
          indexed || bands % 2 == 0 ? new int[0] : transparent(bands, bits),
          orientation,
          critical.toByteArray());
    }

    private Palette palette() {
      int[] argb = new int[colours.length / 3];
      for (int i = 0; i < argb.length; i++) {
        int opacity = i < transparency.length ? transparency[i] & 0xFF : 0xFF;
        argb[i] =
            opacity << 24
                | (colours[3 * i] & 0xFF) << 16
                | (colours[3 * i + 1] & 0xFF) << 8
                | (colours[3 * i + 2] & 0xFF);
      }
      return new Palette(argb);
    }

    private int[] transparent(int bands, int bits) {
      if (transparency.length == 0) {
        return new int[0];
      }
      if (transparency.length != 2 * bands) {
        throw file.damaged("a transparent colour of %s bytes".formatted(transparency.length));
      }
      ByteBuffer samples = ByteBuffer.wrap(transparency);
      int[] colour = new int[bands];
      for (int band = 0; band < bands; band++) {
        colour[band] = samples.getShort() & (1 << bits) - 1;
      }
      return colour;
    }
  }
}
