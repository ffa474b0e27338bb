package io.convoy.data.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not read is refused by name, and what is too large before memory is taken. */
class RefusedImagesTest {
  private final ImageDecoder decoder = new ImageDecoder();

  @AfterEach
  void close() {
    decoder.close();
  }

  @Test
  void otherFormatsAreNamed() {
    assertNamed("\0\0\0 ftypavif", "an AVIF image");
    assertNamed("\0\0\0 ftypheic", "a HEIF image");
    assertNamed("\0\0\0 ftypisom", "a HEIF, AVIF or MP4 file");
    assertNamed("\0\0\0\fjP  \r\n", "a JPEG 2000 image");
    assertNamed("\u00ffO\u00ffQ", "a JPEG 2000 image");
    assertNamed("\0\0\0\fJXL \r\n", "a JPEG XL image");
    assertNamed("\u00ff\n\u00fa", "a JPEG XL image");
    assertNamed("8BPS\0\1", "a Photoshop document");
    assertNamed("\0\0\1\0\1\0", "a Windows icon");
    assertNamed("<svg xmlns=", "an SVG drawing");
    assertNamed("%PDF-1.7", "a PDF document");
    assertNamed("P4\n3 2\n", "a PBM image");
    assertNamed("P5\n3 2\n255\n", "a PGM image");
    assertNamed("P6\n3 2\n255\n", "a PPM image");
  }

  private void assertNamed(String start, String kind) {
    byte[] bytes = start.getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(
        "image: the file is no image that is read (by its first bytes; it has "
            + bytes.length
            + " bytes), but "
            + kind
            + ": JPEG, PNG, BMP, GIF, TIFF, WebP are read; convert it or take it out of the folder",
        error(bytes).getMessage());
  }

  /** A number of one tag of a TIFF is another one. */
  @ParameterizedTest
  @CsvSource({
    "259, 2, pixels compressed as a fax (CCITT)",
    "259, 4, pixels compressed as a fax (CCITT)",
    "259, 7, pixels compressed as JPEG",
    "259, 50000, pixels compressed by Zstandard",
    "259, 99, pixels of compression 99",
    "262, 5, colours as inks (CMYK)",
    "262, 6, colours as YCbCr",
    "262, 8, colours as L*a*b*",
    "258, 12, 1 samples of 12 bits a pixel",
    "258, 32, 1 samples of 32 bits a pixel",
  })
  void kindsOfTiffAreRefusedByName(int tag, int value, String what) {
    byte[] tiff = PillowImages.read("black-is-zero-8.tif");
    ByteBuffer bytes = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort(entry(bytes, tag) + 8, (short) value);
    assertEquals(
        "image: the TIFF holds "
            + what
            + ", which is not read: convert it to PNG or take it out of the folder",
        error(tiff).getMessage());
  }

  @Test
  void floatingPointAndBigTiffAreRefusedByName() {
    byte[] tiff = PillowImages.read("black-is-zero-8.tif");
    ByteBuffer bytes = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
    // planar configuration is 1, as if it were left out: its place takes the format of samples
    int entry = entry(bytes, 284);
    bytes.putShort(entry, (short) 339).putShort(entry + 8, (short) 3);
    assertTrue(error(tiff).getMessage().contains("the TIFF holds floating-point samples, which"));
    bytes.putShort(2, (short) 43);
    assertTrue(error(tiff).getMessage().contains("offsets of 64 bits (BigTIFF), which"));
  }

  private static int entry(ByteBuffer tiff, int tag) {
    int start = tiff.getInt(4) + 2;
    while ((tiff.getShort(start) & 0xFFFF) != tag) {
      start += 12;
    }
    return start;
  }

  /**
   * The reader would turn the opacity round with the grey, and palettes have no further samples.
   */
  @ParameterizedTest
  @CsvSource({
    "0, the TIFF holds grey that is white at 0 with 2 samples a pixel",
    "3, the TIFF holds a palette with 2 samples a pixel"
  })
  void furtherSamplesOfATiffAreRefusedByName(int kind, String what) {
    byte[] tiff = PillowImages.read("greyalpha.tif");
    ByteBuffer bytes = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort(entry(bytes, 262) + 8, (short) kind);
    assertTrue(error(tiff).getMessage().contains(what + ", which is not read"));
  }

  @Test
  void aGifWithoutColoursIsRefusedByName() {
    byte[] gif = PillowImages.read("colours-2.gif");
    // the common table of 256 colours, and the flag that says so
    gif[10] = 0;
    byte[] without = Arrays.copyOf(gif, gif.length - 768);
    System.arraycopy(gif, 13 + 768, without, 13, without.length - 13);
    assertTrue(
        error(without).getMessage().contains("the GIF holds a frame without a table of colours,"));
  }

  @Test
  void opacitiesOfAWebpThatAreNotCompressedAreRefusedByName() {
    byte[] webp = PillowImages.read("lossy-alpha.webp");
    int at = 12;
    while (!FileBytes.startsWith(webp, at, "ALPH")) {
      at++;
    }
    webp[at + 8] &= ~3;
    assertTrue(
        error(webp).getMessage().contains("the WebP holds opacities that are not compressed,"));
    webp[at + 8] |= 2;
    assertTrue(error(webp).getMessage().contains("opacities of compression 2"));
  }

  @Test
  void anImageInABmpIsRefusedByName() {
    byte[] bmp = PillowImages.read("rgb.bmp");
    bmp[30] = 4;
    bmp[28] = 0;
    assertTrue(error(bmp).getMessage().contains("the BMP holds a whole JPEG image, which"));
  }

  /** Headers claim more than the limit, in files of a few hundred bytes. */
  @ParameterizedTest
  @CsvSource({
    "rgb.bmp, 18, 30000, 30000",
    "runs-8.bmp, 18, 30000, 30000",
    "colours-7.gif, 6, 60000, 60000",
  })
  void sizesAreCheckedBeforeMemoryIsTaken(String file, int at, int width, int height) {
    byte[] bytes = Arrays.copyOf(PillowImages.read(file), 1000);
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (file.endsWith(".bmp")) {
      header.putInt(at, width).putInt(at + 4, height);
    } else {
      header.putShort(at, (short) width).putShort(at + 2, (short) height);
    }
    String message = error(bytes).getMessage();
    assertTrue(
        message.contains("claims " + height + "x" + width + " pixels (height x width)")
            || message.contains("ends after 1000 bytes, before its image does"),
        message);
  }

  @Test
  void aLargeCanvasOrTileIsRefused() {
    byte[] webp = PillowImages.read("animated.webp");
    // the canvas: a width and a height of 24 bits, less one
    Arrays.fill(webp, 24, 30, (byte) 0xFF);
    assertTrue(error(webp).getMessage().contains("claims 16777216x16777216 pixels"));
    byte[] tiff = PillowImages.read("rgb-lzw-tiles.tif");
    ByteBuffer bytes = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort(entry(bytes, 322) + 8, (short) 65000);
    bytes.putShort(entry(bytes, 323) + 8, (short) 65000);
    assertTrue(error(tiff).getMessage().contains("pieces of 65000x65000 pixels"));
  }

  private ConvoyException error(byte[] bytes) {
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> decoder.decode(bytes, "image", 3));
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    return e;
  }
}
