package io.convoy.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.convoy.error.ConvoyException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of files that are cut or changed: an image, or one error of kind DATA. */
class DamagedImagesTest {
  /** Few pixels, so that a mutated size does not take the time of a large image. */
  private static final long PIXELS = 1 << 21;

  private static final int ROUNDS = 500;

  /** Seconds of a run by hand: {@code -Dconvoy.mutation.seconds=300}. */
  private static final int SECONDS = Integer.getInteger("convoy.mutation.seconds", 0);

  private final ImageDecoder decoder = new ImageDecoder(PIXELS, Background.WHITE);

  @AfterEach
  void close() {
    decoder.close();
  }

  static List<PillowImages.Expected> images() {
    return PillowImages.all();
  }

  @ParameterizedTest
  @MethodSource("images")
  void everyTruncationIsAnErrorOrTheWholeImage(PillowImages.Expected image) {
    byte[] whole = image.bytes();
    byte[] pixels = decoder.decode(whole, "image", 3).pixels();
    int errors = 0;
    for (int length = 0; length < whole.length; length++) {
      try {
        byte[] cut = decoder.decode(Arrays.copyOf(whole, length), "image", 3).pixels();
        assertArrayEquals(pixels, cut, () -> image.file());
      } catch (ConvoyException e) {
        requireData(e);
        errors++;
      }
    }
    // what may be missing are end marks, fillings and what follows the first frame
    assertTrue(errors > whole.length / 3, image.file() + " " + errors);
  }

  /**
   * A file whose container is whole, but whose pixels end early: where the pixels that are left out
   * were there for nothing, the image may be whole, but it is never another one.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb-8.png",
        "rgb-8-interlaced.png",
        "full-table.gif",
        "rgb-lzw.tif",
        "rgb-deflate-tiles.tif",
        "rgb-packbits.tif",
        "lossless.webp",
        "lossless-large.webp",
        "lossy-50.webp",
        "lossy-1.webp",
        "lossy-alpha.webp"
      })
  void pixelsThatEndEarlyAreNoHalfImage(String file) {
    byte[] whole = PillowImages.read(file);
    byte[] pixels = decoder.decode(whole, "image", 3).pixels();
    int errors = 0;
    for (int missing = 2; missing < 200; missing += 2) {
      byte[] cut = shorter(file, whole, missing);
      try {
        assertArrayEquals(pixels, decoder.decode(cut, "image", 3).pixels());
      } catch (ConvoyException e) {
        requireData(e);
        errors++;
      }
    }
    assertTrue(errors > 90, file + " " + errors);
  }

  private static byte[] shorter(String file, byte[] whole, int missing) {
    return switch (file.substring(file.lastIndexOf('.'))) {
      case ".png" -> shorterPng(whole, missing);
      case ".gif" -> shorterGif(whole, missing);
      case ".tif" -> shorterTiff(whole, missing);
      default -> shorterWebp(whole, missing);
    };
  }

  /** Ends the frame's data within a block: what is behind is no data. */
  private static byte[] shorterGif(byte[] whole, int missing) {
    // screen, 256 colours, descriptor, bits of a code
    int start = 13 + 3 * 256 + 10 + 1;
    int end = whole.length - 2 - missing;
    int block = start;
    while (block + 1 + (whole[block] & 0xFF) < end) {
      block += 1 + (whole[block] & 0xFF);
    }
    byte[] cut = Arrays.copyOf(whole, Math.max(block + 1, end) + 2);
    cut[block] = (byte) (cut.length - 2 - block - 1);
    cut[cut.length - 2] = 0;
    cut[cut.length - 1] = 0x3B;
    return cut;
  }

  /** Takes bytes from what a TIFF says of the length of its first piece. */
  private static byte[] shorterTiff(byte[] whole, int missing) {
    byte[] cut = whole.clone();
    ByteBuffer tiff = ByteBuffer.wrap(cut).order(ByteOrder.LITTLE_ENDIAN);
    int entry = tiff.getInt(4) + 2;
    while (tiff.getShort(entry) != 279 && tiff.getShort(entry) != 325) {
      entry += 12;
    }
    int length = tiff.getInt(entry + 8);
    tiff.putInt(length, Math.max(1, tiff.getInt(length) - missing));
    return cut;
  }

  /** Takes bytes from the end of the last data chunk. */
  private static byte[] shorterPng(byte[] whole, int missing) {
    int end = whole.length - 12 - 4;
    int start = end;
    while (!FileBytes.startsWith(whole, start, "IDAT")) {
      start--;
    }
    int length = Math.max(0, end - start - 4 - missing);
    ByteBuffer png = ByteBuffer.allocate(whole.length - (end - start - 4 - length));
    png.put(whole, 0, start - 4).putInt(length).put(whole, start, 4 + length).putInt(0);
    png.put(whole, whole.length - 12, 12);
    return withChecksums(png.array());
  }

  /** Takes bytes from the end of the only chunk. */
  private static byte[] shorterWebp(byte[] whole, int missing) {
    byte[] cut = Arrays.copyOf(whole, Math.max(32, whole.length - missing));
    ByteBuffer webp = ByteBuffer.wrap(cut).order(ByteOrder.LITTLE_ENDIAN);
    webp.putInt(4, cut.length - 8).putInt(16, cut.length - 20);
    return cut;
  }

  /**
   * 65,536 groups of prefix codes that are not there: the WebP reader would make them up for
   * minutes. Found by mutation.
   */
  @Test
  void prefixCodesThatAreMissingAreNotMadeUp() {
    BitSet bits = new BitSet();
    int at = 0;
    // no transform, no cache; codes by block, of 4 x 4 pixels; no cache in the image of blocks
    for (int bit : new int[] {0, 0, 1, 0, 0, 0, 0}) {
      bits.set(at++, bit == 1);
    }
    // five codes of one symbol each, of 8 bits: green and red are the number of the group
    for (int symbol : new int[] {255, 255, 0, 0, 0}) {
      bits.set(at);
      bits.set(at + 2);
      for (int i = 0; i < 8; i++) {
        bits.set(at + 3 + i, (symbol >> i & 1) == 1);
      }
      at += 11;
    }
    byte[] codes = Arrays.copyOf(bits.toByteArray(), 40);
    ByteBuffer webp = ByteBuffer.allocate(25 + codes.length).order(ByteOrder.LITTLE_ENDIAN);
    webp.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(webp.capacity() - 8);
    webp.put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII)).putInt(5 + codes.length);
    webp.put((byte) 0x2F).putInt(7 | 7 << 14).put(codes);
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> decoder.decode(webp.array(), "image", 3));
    requireData(e);
    assertTrue(e.getMessage().contains("its data end before its pixels do"), e.getMessage());
  }

  /** How many of a format's mutations were read, and how many refused. */
  private static final class Count {
    private int images;
    private int errors;

    @Override
    public String toString() {
      return "%s images, %s errors".formatted(images, errors);
    }
  }

  @Test
  void mutationsGiveAnImageOrAnError(TestReporter reporter) {
    Map<ImageFormat, List<byte[]>> files =
        images().stream()
            .map(PillowImages.Expected::bytes)
            .collect(
                Collectors.groupingBy(
                    bytes -> ImageFormat.of(bytes).orElseThrow(),
                    TreeMap::new,
                    Collectors.toList()));
    Map<ImageFormat, Count> counts = new TreeMap<>();
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    long round = 0;
    while (round < ROUNDS || System.nanoTime() < end) {
      for (ImageFormat format : files.keySet()) {
        List<byte[]> originals = files.get(format);
        SplittableRandom random = new SplittableRandom(round);
        byte[] original = originals.get(random.nextInt(originals.size()));
        byte[] donor = originals.get(random.nextInt(originals.size()));
        byte[] bytes = mutated(original, donor, random);
        tryOut(bytes, round, counts.computeIfAbsent(format, key -> new Count()));
      }
      round++;
    }
    counts.forEach((format, count) -> reporter.publishEntry(format.title(), count.toString()));
    assertEquals(5, counts.size());
    counts.forEach(
        (format, count) -> assertTrue(count.images > 2 && count.errors > 2, format + ": " + count));
  }

  private void tryOut(byte[] bytes, long round, Count count) {
    try {
      DecodedImage image = decoder.decode(bytes, "image", 3);
      assertEquals(image.height() * image.width() * 3, image.pixels().length);
      assertEquals(
          new ImageDecoder.Size(image.height(), image.width()), decoder.size(bytes, "image"));
      count.images++;
    } catch (ConvoyException e) {
      requireData(e);
      count.errors++;
    } catch (Throwable e) {
      fail("round " + round, e);
    }
  }

  private static void requireData(ConvoyException e) {
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    assertTrue(e.getMessage().startsWith("image: "), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }

  private static byte[] mutated(byte[] original, byte[] donor, SplittableRandom random) {
    byte[] bytes = original.clone();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      // headers stand at the beginning, those of TIFF at the end
      int span = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 64);
      int at = random.nextInt(span);
      at = random.nextInt(4) == 0 ? bytes.length - 1 - at : at;
      bytes = changed(bytes, donor, at, random);
    }
    return random.nextInt(4) == 0 ? bytes : withChecksums(bytes);
  }

  private static byte[] changed(byte[] bytes, byte[] donor, int at, SplittableRandom random) {
    int some = 1 + random.nextInt(16);
    switch (random.nextInt(7)) {
      case 0 -> bytes[at] = (byte) random.nextInt(256);
      case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> fill(bytes, at, 2, random);
      case 3 -> fill(bytes, at, 4, random);
      case 4 -> {
        int count = Math.min(some, Math.min(bytes.length - at, donor.length));
        System.arraycopy(donor, random.nextInt(donor.length - count + 1), bytes, at, count);
      }
      case 5 -> {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + some);
        System.arraycopy(bytes, at, longer, at + some, bytes.length - at);
        return longer;
      }
      default -> {
        int behind = Math.min(bytes.length, at + some);
        byte[] shorter = Arrays.copyOf(bytes, Math.max(1, bytes.length - (behind - at)));
        System.arraycopy(
            bytes, behind, shorter, at, Math.min(bytes.length - behind, shorter.length - at));
        return shorter;
      }
    }
    return bytes;
  }

  /** A number at a border of its range. */
  private static void fill(byte[] bytes, int at, int count, SplittableRandom random) {
    byte value = (byte) (random.nextBoolean() ? 0xFF : 0);
    for (int i = at; i < Math.min(bytes.length, at + count); i++) {
      bytes[i] = value;
    }
    bytes[Math.min(bytes.length - 1, at + random.nextInt(count))] ^= (byte) random.nextInt(3);
  }

  /** Else nearly all changes of a PNG would end at a checksum. */
  private static byte[] withChecksums(byte[] bytes) {
    if (!PngFile.matches(bytes)) {
      return bytes;
    }
    ByteBuffer png = ByteBuffer.wrap(bytes);
    int at = 8;
    while (bytes.length - at >= 12) {
      int length = png.getInt(at);
      if (length < 0 || length > bytes.length - at - 12) {
        return bytes;
      }
      CRC32 sum = new CRC32();
      sum.update(bytes, at + 4, length + 4);
      png.putInt(at + 8 + length, (int) sum.getValue());
      at += 12 + length;
    }
    return bytes;
  }
}
