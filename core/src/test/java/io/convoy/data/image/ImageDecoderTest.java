package io.convoy.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.RealData;
import io.convoy.error.ConvoyException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private final ImageDecoder decoder = new ImageDecoder();

  @AfterEach
  void close() {
    decoder.close();
  }

  /** The version stands in the code, since the one jar has no manifests of libraries. */
  @Test
  void theVersionsOfDecodersAreNamed() {
    for (ImageReader reader : List.of(ImageCodecs.tiff(), ImageCodecs.webp())) {
      assertEquals(
          "convoy-jpeg 1, twelvemonkeys " + reader.getOriginatingProvider().getVersion(),
          ImageDecoder.decoders());
      reader.dispose();
    }
  }

  @Test
  void jpegEqualsTheJdksOwnReader() throws IOException {
    BufferedImage drawn = EncodedImages.pattern(33, 47, BufferedImage.TYPE_3BYTE_BGR);
    byte[] jpeg = EncodedImages.encode(drawn, "jpeg");
    assertArrayEquals(rgb(ImageIO.read(new ByteArrayInputStream(jpeg))), decode(jpeg, 3).pixels());
  }

  @Test
  void greyJpegIsRepeatedForRgb() throws IOException {
    BufferedImage drawn = EncodedImages.pattern(13, 9, BufferedImage.TYPE_BYTE_GRAY);
    byte[] jpeg = EncodedImages.encode(drawn, "jpeg");
    byte[] grey = decode(jpeg, 1).pixels();
    int[] expected =
        ImageIO.read(new ByteArrayInputStream(jpeg))
            .getRaster()
            .getPixels(0, 0, 9, 13, (int[]) null);
    byte[] three = decode(jpeg, 3).pixels();
    for (int i = 0; i < grey.length; i++) {
      assertEquals((byte) expected[i], grey[i]);
      assertEquals(grey[i], three[3 * i]);
      assertEquals(grey[i], three[3 * i + 1]);
      assertEquals(grey[i], three[3 * i + 2]);
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_USHORT_GRAY
      })
  void pngKeepsEverySample(int type) {
    BufferedImage drawn = EncodedImages.pattern(5, 7, type);
    boolean deep = type == BufferedImage.TYPE_USHORT_GRAY;
    int bands = drawn.getRaster().getNumBands();
    if (deep) {
      for (int x = 0; x < 7; x++) {
        drawn.getRaster().setSample(x, 0, 0, x * 9000 + 255);
      }
    }
    DecodedImage image = decode(EncodedImages.encode(drawn, "png"), 3);
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 7; x++) {
        for (int c = 0; c < 3; c++) {
          int sample = drawn.getRaster().getSample(x, y, bands == 1 ? 0 : c) >> (deep ? 8 : 0);
          assertEquals((byte) sample, image.pixels()[(y * 7 + x) * 3 + c]);
        }
      }
    }
  }

  @Test
  void pngPaletteIsLookedUp() {
    byte[] red = {10, (byte) 200, 30};
    byte[] green = {1, 2, (byte) 250};
    byte[] blue = {0, (byte) 255, 77};
    BufferedImage drawn =
        new BufferedImage(
            3, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 3, red, green, blue));
    drawn.getRaster().setPixels(0, 0, 3, 1, new int[] {2, 0, 1});
    byte[] png = EncodedImages.encode(drawn, "png");
    assertArrayEquals(
        new byte[] {30, (byte) 250, 77, 10, 1, 0, (byte) 200, 2, (byte) 255},
        decode(png, 3).pixels());
    int grey = (77 * 30 + 150 * 250 + 29 * 77 + 128) >> 8;
    assertEquals((byte) grey, decode(png, 1).pixels()[0]);
  }

  @Test
  void whiteStaysWhiteInGrey() {
    BufferedImage drawn = new BufferedImage(2, 1, BufferedImage.TYPE_3BYTE_BGR);
    drawn.setRGB(0, 0, Color.WHITE.getRGB());
    assertArrayEquals(
        new byte[] {(byte) 255, 0}, decode(EncodedImages.encode(drawn, "png"), 1).pixels());
  }

  @Test
  void appliesTheEightOrientations() {
    // 2 x 3 stored pixels, told apart by letters
    DecodedImage stored = new DecodedImage(2, 3, 1, "abcdef".getBytes(StandardCharsets.US_ASCII));
    List<String> seen =
        List.of("abcdef", "cbafed", "fedcba", "defabc", "adbecf", "daebfc", "fcebda", "cfbead");
    for (int code = 1; code <= 8; code++) {
      DecodedImage turned = Orientation.ofExif(code).apply(stored);
      assertEquals(
          seen.get(code - 1),
          new String(turned.pixels(), StandardCharsets.US_ASCII),
          "code " + code);
      assertEquals(code > 4 ? 3 : 2, turned.height());
      assertEquals(code > 4 ? 2 : 3, turned.width());
    }
    assertEquals(Orientation.UPRIGHT, Orientation.ofExif(0));
    assertEquals(Orientation.UPRIGHT, Orientation.ofExif(9));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsTheOrientationInExif(boolean little) {
    byte[] jpeg =
        EncodedImages.encode(EncodedImages.pattern(8, 24, BufferedImage.TYPE_BYTE_GRAY), "jpeg");
    DecodedImage plain = decode(jpeg, 1);
    for (int code = 0; code <= 9; code++) {
      byte[] oriented = EncodedImages.oriented(jpeg, code, little);
      DecodedImage expected = Orientation.ofExif(code).apply(plain);
      DecodedImage found = decode(oriented, 1);
      assertEquals(expected.height(), found.height());
      assertArrayEquals(expected.pixels(), found.pixels());
      assertEquals(
          new ImageDecoder.Size(found.height(), found.width()), decoder.size(oriented, "x"));
    }
  }

  @Test
  void everyTruncationOfAJpegIsAnError() {
    byte[] jpeg =
        EncodedImages.encode(EncodedImages.pattern(16, 16, BufferedImage.TYPE_3BYTE_BGR), "jpeg");
    for (int length = 0; length < jpeg.length; length++) {
      assertData(Arrays.copyOf(jpeg, length));
    }
  }

  @Test
  void aJpegWithAHoleBeforeItsEndIsAnError() {
    byte[] jpeg =
        EncodedImages.encode(EncodedImages.pattern(64, 64, BufferedImage.TYPE_3BYTE_BGR), "jpeg");
    byte[] cut = Arrays.copyOf(jpeg, jpeg.length - 100);
    cut[cut.length - 2] = (byte) 0xFF;
    cut[cut.length - 1] = (byte) 0xD9;
    ConvoyException e = assertData(cut);
    assertTrue(
        e.getMessage().contains("its data end before the image is complete"), e.getMessage());
  }

  @Test
  void junkBetweenSegmentsIsPassedOver() {
    byte[] jpeg =
        EncodedImages.encode(EncodedImages.pattern(16, 16, BufferedImage.TYPE_3BYTE_BGR), "jpeg");
    byte[] brokenProfile = {
      (byte) 0xFF,
      (byte) 0xE2,
      0,
      18,
      'I',
      'C',
      'C',
      '_',
      'P',
      'R',
      'O',
      'F',
      'I',
      'L',
      'E',
      0,
      9,
      9,
      9,
      9
    };
    byte[] junk = EncodedImages.inserted(jpeg, 20, new byte[] {1, 2, 3, (byte) 0xFF, 0});
    byte[] profile = EncodedImages.inserted(jpeg, 20, brokenProfile);
    assertArrayEquals(decode(jpeg, 3).pixels(), decode(junk, 3).pixels());
    assertArrayEquals(decode(jpeg, 3).pixels(), decode(profile, 3).pixels());
  }

  @Test
  void everyTruncationAndEveryFlippedPixelByteOfAPngIsAnError() {
    byte[] png =
        EncodedImages.encode(EncodedImages.pattern(9, 11, BufferedImage.TYPE_3BYTE_BGR), "png");
    for (int length = 0; length < png.length; length++) {
      assertData(Arrays.copyOf(png, length));
    }
    for (int i = 8; i < png.length; i++) {
      byte[] flipped = png.clone();
      flipped[i] ^= 0x10;
      assertData(flipped);
    }
  }

  @Test
  void damagedBytesNeverThrowAnythingElse() {
    SplittableRandom random = new SplittableRandom(5);
    for (String format : List.of("jpeg", "png")) {
      byte[] whole =
          EncodedImages.encode(EncodedImages.pattern(20, 20, BufferedImage.TYPE_3BYTE_BGR), format);
      for (int round = 0; round < 1500; round++) {
        byte[] damaged = whole.clone();
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        try {
          DecodedImage image = decode(damaged, 3);
          assertEquals(image.height() * image.width() * 3, image.pixels().length);
        } catch (ConvoyException e) {
          assertEquals(ConvoyException.Kind.DATA, e.kind());
          assertTrue(e.getMessage().startsWith("image: "), e.getMessage());
        }
      }
    }
  }

  @Test
  void sizesAreCheckedBeforeMemoryIsTaken() {
    byte[] jpeg =
        EncodedImages.encode(EncodedImages.pattern(8, 8, BufferedImage.TYPE_BYTE_GRAY), "jpeg");
    int frame = indexOf(jpeg, new byte[] {(byte) 0xFF, (byte) 0xC0});
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 60_000).putShort(frame + 7, (short) 50_000);
    assertEquals(
        "image: the image claims 60000x50000 pixels (height x width); the limit is 100000000: scale"
            + " it down",
        assertData(jpeg).getMessage());

    byte[] png =
        EncodedImages.encode(EncodedImages.pattern(8, 8, BufferedImage.TYPE_BYTE_GRAY), "png");
    CRC32 sum = new CRC32();
    ByteBuffer header = ByteBuffer.wrap(png).putInt(16, 2_000_000_000).putInt(20, 2_000_000_000);
    sum.update(png, 12, 17);
    header.putInt(29, (int) sum.getValue());
    assertTrue(assertData(png).getMessage().contains("claims 2000000000x2000000000 pixels"));

    ImageDecoder strict = new ImageDecoder(63, Background.WHITE);
    byte[] small =
        EncodedImages.encode(EncodedImages.pattern(8, 8, BufferedImage.TYPE_BYTE_GRAY), "png");
    assertThrows(ConvoyException.class, () -> strict.decode(small, "small", 1));
  }

  @Test
  void aLosslessFrameIsRefused() {
    byte[] jpeg =
        EncodedImages.encode(EncodedImages.pattern(8, 8, BufferedImage.TYPE_BYTE_GRAY), "jpeg");
    jpeg[indexOf(jpeg, new byte[] {(byte) 0xFF, (byte) 0xC0}) + 1] = (byte) 0xC3;
    assertEquals(
        "image: the JPEG is of a kind that is not read (it has lossless coding; baseline, extended and"
            + " progressive Huffman coding are read): convert it, or take it out of the data set",
        assertData(jpeg).getMessage());
  }

  @Test
  void anythingElseIsNamed() {
    assertEquals(
        "image: the file is no image that is read (by its first bytes; it has 5 bytes): JPEG, PNG,"
            + " BMP, GIF, TIFF, WebP are read; convert it or take it out of the folder",
        assertData("hello".getBytes(StandardCharsets.US_ASCII)).getMessage());
    assertTrue(assertData(new byte[0]).getMessage().contains("it has 0 bytes"));
  }

  @Test
  @Tag("data")
  void trapsDecodeOrAreNamed() throws IOException {
    List<Path> traps;
    try (Stream<Path> walk = Files.walk(RealData.folder("jpeg-traps"))) {
      traps = walk.filter(path -> path.toString().endsWith(".jpg")).toList();
    }
    assertEquals(45, traps.size());
    TreeSet<String> refused = new TreeSet<>();
    for (Path trap : traps) {
      String name = trap.getFileName().toString();
      try {
        decoder.decode(Files.readAllBytes(trap), name, 3);
      } catch (ConvoyException e) {
        assertEquals(ConvoyException.Kind.DATA, e.kind());
        assertTrue(e.getMessage().startsWith(name + ": "), e.getMessage());
        refused.add(name);
      }
    }
    // the first has 1,214 bytes too many in its entropy data; the others end before their image
    assertEquals(
        new TreeSet<>(List.of("hopper_bad_exif.jpg", "truncated_jpeg.jpg", "ultrahdr.jpg")),
        refused);
  }

  @Test
  @Tag("data")
  void turnedPhotographsLookAlike() throws IOException {
    for (String scene : List.of("Landscape", "Portrait")) {
      DecodedImage upright = trap("exif-orientation/" + scene + "_1.jpg");
      for (int code = 0; code <= 8; code++) {
        DecodedImage turned = trap("exif-orientation/" + scene + "_" + code + ".jpg");
        assertEquals(upright.height(), turned.height());
        // the files differ in the number painted on them and in compression
        assertTrue(meanDifference(upright, turned) < 6, scene + code);
      }
    }
  }

  @Test
  @Tag("data")
  void cmykLooksLikeItsRgbTwin() throws IOException {
    DecodedImage cmyk = trap("pillow/pil_sample_cmyk.jpg");
    assertTrue(meanDifference(trap("pillow/pil_sample_rgb.jpg"), cmyk) < 12);
  }

  private DecodedImage trap(String name) throws IOException {
    return decode(Files.readAllBytes(RealData.folder("jpeg-traps").resolve(name)), 3);
  }

  private static double meanDifference(DecodedImage one, DecodedImage other) {
    long sum = 0;
    for (int i = 0; i < one.pixels().length; i++) {
      sum += Math.abs((one.pixels()[i] & 0xFF) - (other.pixels()[i] & 0xFF));
    }
    return (double) sum / one.pixels().length;
  }

  private DecodedImage decode(byte[] encoded, int channels) {
    return decoder.decode(encoded, "image", channels);
  }

  private ConvoyException assertData(byte[] encoded) {
    ConvoyException e = assertThrows(ConvoyException.class, () -> decode(encoded, 3));
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    assertTrue(e.getMessage().startsWith("image: "), e.getMessage());
    return e;
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new IllegalArgumentException("not found");
  }

  private static byte[] rgb(BufferedImage image) {
    byte[] pixels = new byte[image.getHeight() * image.getWidth() * 3];
    for (int i = 0; i < pixels.length / 3; i++) {
      int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
      pixels[3 * i] = (byte) (rgb >> 16);
      pixels[3 * i + 1] = (byte) (rgb >> 8);
      pixels[3 * i + 2] = (byte) rgb;
    }
    return pixels;
  }
}
