package io.convoy.data.image.jpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A piece that is decoded alone is the piece of the whole image, at each scale. */
class JpegCropTest {
  private static final int CROPS = 25;

  private final JpegDecoder decoder = new JpegDecoder(KernelProvider.kernels().jpeg());

  @Test
  void piecesOfWrittenImages() {
    for (int type : List.of(BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY)) {
      for (boolean progressive : new boolean[] {false, true}) {
        byte[] jpeg = JpegFiles.noisy(73, 150, type, progressive);
        assertPieces(jpeg, type + (progressive ? " progressive" : ""));
      }
    }
  }

  /** What lies outside of a piece has a part in it. */
  @Test
  void piecesOfSmoothedImages() {
    for (String name : List.of("420-101x67.jpg", "414-40x150.jpg", "grey-101x67.jpg")) {
      byte[] whole = JpegFiles.known(name);
      assertPieces(JpegFiles.keeping(whole, Set.of(0)), name);
      assertPieces(JpegFiles.keeping(whole, Set.of(0, 1)), name);
    }
  }

  @Test
  @Tag("data")
  void piecesOfEverySampling() throws IOException {
    try (Stream<Path> files = Files.list(RealData.folder("pixels/variants"))) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        byte[] jpeg = Files.readAllBytes(file);
        try {
          decoder.open(jpeg, "x");
          decoder.decode(Scale.FULL, Crop.whole(decoder.height(), decoder.width()), new Planes());
        } catch (ConvoyException e) {
          continue;
        }
        assertPieces(jpeg, file.getFileName().toString());
      }
    }
  }

  private void assertPieces(byte[] jpeg, String name) {
    Planes whole = new Planes();
    Planes piece = new Planes();
    for (Scale scale : Scale.values()) {
      decoder.open(jpeg, name);
      int height = scale.of(decoder.height());
      int width = scale.of(decoder.width());
      decoder.decode(scale, Crop.whole(height, width), whole);
      for (int i = 0; i < CROPS; i++) {
        int top = below(height, 4 * i);
        int left = below(width, 4 * i + 1);
        Crop crop =
            new Crop(
                top, left, 1 + below(height - top, 4 * i + 2), 1 + below(width - left, 4 * i + 3));
        decoder.open(jpeg, name);
        decoder.decode(scale, crop, piece);
        assertArrayEquals(cut(whole, crop), bytes(piece), name + " " + scale + " " + crop);
      }
    }
  }

  private static int below(int bound, int index) {
    return (int) Long.remainderUnsigned(Numbers.bits(3, index), bound);
  }

  private static byte[] cut(Planes whole, Crop crop) {
    byte[] cut = new byte[crop.height() * crop.width() * whole.count()];
    int at = 0;
    for (int plane = 0; plane < whole.count(); plane++) {
      for (int y = 0; y < crop.height(); y++) {
        for (int x = 0; x < crop.width(); x++) {
          int row = plane * whole.height() + crop.top() + y;
          cut[at++] = whole.samples()[row * whole.width() + crop.left() + x];
        }
      }
    }
    return cut;
  }

  private static byte[] bytes(Planes planes) {
    return Arrays.copyOf(planes.samples(), planes.height() * planes.width() * planes.count());
  }

  @Test
  void aPieceOutsideOfTheImageIsRefused() {
    decoder.open(JpegFiles.noisy(9, 9, BufferedImage.TYPE_BYTE_GRAY, false), "x");
    assertThrows(
        IllegalArgumentException.class,
        () -> decoder.decode(Scale.HALF, new Crop(0, 0, 6, 5), new Planes()));
  }
}
