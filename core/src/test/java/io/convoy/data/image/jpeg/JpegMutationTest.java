package io.convoy.data.image.jpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.RealData;
import io.convoy.data.raster.Crop;
import io.convoy.data.raster.Planes;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.reference.Numbers;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damaged files end in an image or in one clear error. {@code -Dconvoy.mutation.seconds=600} goes
 * on for so long; where something else happens, the test names the file and the number of the
 * mutation.
 */
class JpegMutationTest {
  private static final int ROUNDS = 3000;

  /** Larger images are left out: a file may well claim more, but takes its time. */
  private static final int PIXELS = 4_000_000;

  private final JpegDecoder decoder = new JpegDecoder(KernelProvider.kernels().jpeg());
  private final Planes pixels = new Planes();

  @Test
  void writtenImages() {
    List<byte[]> files = new ArrayList<>();
    for (int type : List.of(BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY)) {
      files.add(JpegFiles.noisy(33, 50, type, false));
      files.add(JpegFiles.noisy(50, 33, type, true));
    }
    files.add(JpegFiles.keeping(JpegFiles.known("420-33x130.jpg"), Set.of(0, 1, 8)));
    files.add(JpegFiles.keeping(JpegFiles.known("414-40x150.jpg"), Set.of(0)));
    files.add(JpegFiles.keeping(JpegFiles.known("grey-9x30.jpg"), Set.of(0, 2)));
    mutate(files, ROUNDS, Long.MAX_VALUE);
  }

  @Test
  @Tag("data")
  void variantsAndTraps() throws IOException {
    List<byte[]> files = new ArrayList<>();
    Path data = RealData.folder("pixels").getParent();
    for (String folder : List.of("pixels/variants", "jpeg-traps")) {
      try (Stream<Path> walk = Files.walk(data.resolve(folder))) {
        for (Path file : (Iterable<Path>) walk.sorted()::iterator) {
          if (file.toString().endsWith(".jpg") && Files.size(file) < 30_000) {
            files.add(Files.readAllBytes(file));
          }
        }
      }
    }
    for (String name : JpegFiles.KNOWN) {
      byte[] known = JpegFiles.known(name);
      files.add(known);
      files.add(JpegFiles.keeping(known, Set.of(0)));
      files.add(JpegFiles.keeping(known, Set.of(0, 1)));
    }
    assertTrue(files.size() > 100, files.size() + " files");
    Integer seconds = Integer.getInteger("convoy.mutation.seconds");
    if (seconds == null) {
      mutate(files, ROUNDS, Long.MAX_VALUE);
    } else {
      mutate(files, Integer.MAX_VALUE, System.nanoTime() + 1_000_000_000L * seconds);
    }
  }

  private void mutate(List<byte[]> files, int rounds, long end) {
    int images = 0;
    int errors = 0;
    for (int round = 0; round < rounds && System.nanoTime() < end; round++) {
      byte[] damaged = damaged(files.get(round % files.size()), round);
      Scale scale = Scale.values()[round / 3 % 4];
      try {
        decoder.open(damaged, "x");
        if ((long) decoder.height() * decoder.width() <= PIXELS) {
          int height = scale.of(decoder.height());
          int width = scale.of(decoder.width());
          decoder.decode(scale, Crop.whole(height, width), pixels);
          images++;
        }
      } catch (ConvoyException e) {
        assertEquals(ConvoyException.Kind.DATA, e.kind());
        assertTrue(e.getMessage().startsWith("x: the JPEG is "), e.getMessage());
        errors++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError(
            "mutation %s of file %s".formatted(round, round % files.size()), e);
      }
    }
    assertTrue(images > 0 && errors > 0, "%s images, %s errors".formatted(images, errors));
  }

  /** Some bytes changed, cut away, repeated or put in elsewhere. */
  private static byte[] damaged(byte[] whole, int round) {
    byte[] bytes = whole.clone();
    int changes = 1 + below(6, round, 0);
    for (int i = 1; i <= changes; i++) {
      int at = below(bytes.length, round, 4 * i);
      int value = below(256, round, 4 * i + 1);
      int length = Math.min(bytes.length - at, 1 + below(40, round, 4 * i + 2));
      switch (below(8, round, 4 * i + 3)) {
        case 0 -> bytes[at] = (byte) 0xFF;
        case 1 -> bytes[at] ^= (byte) (1 << (value & 7));
        case 2 -> bytes = cut(bytes, at, length);
        case 3 -> bytes = repeat(bytes, at, length);
        case 4 -> Arrays.fill(bytes, at, at + length, (byte) value);
        case 5 -> bytes = value < 32 ? Arrays.copyOf(bytes, Math.max(1, at)) : bytes;
        default -> bytes[at] = (byte) value;
      }
    }
    return bytes;
  }

  private static byte[] cut(byte[] bytes, int at, int length) {
    byte[] shorter = Arrays.copyOf(bytes, Math.max(1, bytes.length - length));
    if (shorter.length > at) {
      System.arraycopy(
          bytes, bytes.length - (shorter.length - at), shorter, at, shorter.length - at);
    }
    return shorter;
  }

  private static byte[] repeat(byte[] bytes, int at, int length) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
    System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
    return longer;
  }

  private static int below(int bound, int round, int draw) {
    return (int) Long.remainderUnsigned(Numbers.bits(round, draw), bound);
  }
}
