package io.convoy.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.data.raster.Crop;
import io.convoy.digest.Sha256;
import io.convoy.tensor.Shape;
import java.awt.image.BufferedImage;
import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Views against what Pillow 9.4.0 gives. The hashes are those of, after {@code from PIL import
 * Image; import hashlib; B = Image.BILINEAR},
 *
 * <pre>{@code
 * def pattern(h, w):
 *   im = Image.new('RGB', (w, h))
 *   im.putdata([tuple((x*x*3+y*y*5+x*y*7+c*29)&255 for c in range(3))
 *               for y in range(h) for x in range(w)])
 *   return im
 * def sha(im): return hashlib.sha256(im.tobytes()).hexdigest()
 * }</pre>
 */
class ViewTest {
  private static final DecodeScale FULL = DecodeScale.FULL;

  private final Pixels pixels = new Pixels();

  private void pattern(int height, int width) {
    byte[] room = pixels.room(Shape.of(height, width, 3));
    int next = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          room[next++] = (byte) (x * x * 3 + y * y * 5 + x * y * 7 + c * 29);
        }
      }
    }
  }

  private String viewed(int height, int width, View view) {
    pattern(height, width);
    pixels.frame((h, w) -> view);
    assertEquals(Shape.of(view.window().height(), view.window().width(), 3), pixels.shape());
    MessageDigest digest = Sha256.digest();
    digest.update(pixels.bytes(), 0, pixels.shape().elements());
    return Sha256.hex(digest);
  }

  /** {@code sha(pattern(37, 53).crop((7, 5, 38, 25)).resize((24, 16), B))}, and so on. */
  @Test
  void aCropIsResized() {
    assertEquals(
        "996962395aa83b9af82866067f1b59a0e34efbcedd82221037b222285464939b",
        viewed(37, 53, View.cropped(new Crop(5, 7, 20, 31), 16, 24, FULL)));
    assertEquals(
        "1412dd6f31e6fa62045057f0b597ab60975c9fe7ad6952b995dabb3235b88056",
        viewed(37, 53, View.cropped(new Crop(3, 4, 5, 6), 11, 9, FULL)),
        "pattern(37, 53).crop((4, 3, 10, 8)).resize((9, 11), B)");
    assertEquals(
        "7a86c55e1b256eb2ad11a75d222097955d0124503a4b35fd5d12b1d9527bade9",
        viewed(37, 53, View.cropped(Crop.whole(37, 53), 8, 50, FULL)),
        "pattern(37, 53).resize((50, 8), B)");
  }

  /** {@code sha(pattern(37, 53).resize((41, 29), B).crop((8, 2, 32, 26)))}, and so on. */
  @Test
  void aResizedImageIsCropped() {
    assertEquals(
        "b3bc10ac807ce6b1b7ca6e01da6ad1c15550f838ca76810191dcc84863a3760d",
        viewed(37, 53, new View(Crop.whole(37, 53), 29, 41, new Crop(2, 8, 24, 24), FULL)));
    assertEquals(
        "0e02eada0e540956b556f9436ab393fe38f39d2fee62db2f179d0b7187bd7168",
        viewed(1, 90, new View(Crop.whole(1, 90), 2, 180, new Crop(0, 100, 2, 2), FULL)),
        "pattern(1, 90).resize((180, 2), B).crop((100, 0, 102, 2))");
  }

  @Test
  void aStoredImageStaysWhereItIs() {
    pattern(5, 4);
    byte[] room = pixels.bytes();
    byte[] before = room.clone();
    pixels.frame(Framing.STORED);
    assertSame(room, pixels.bytes());
    assertArrayEquals(before, room);
  }

  /** Only the window is computed: all of this one would have 8 GB. */
  @Test
  void aLongImageTakesNoMoreThanItsWindow() {
    pattern(1, 100_000);
    pixels.frame(
        new View(Crop.whole(1, 100_000), 100, 10_000_000, new Crop(0, 5_000_000, 100, 100), FULL));
    assertEquals(Shape.of(100, 100, 3), pixels.shape());
  }

  @Test
  void aDecoderSeesTheImageUpright() {
    byte[] jpeg =
        EncodedImages.oriented(
            EncodedImages.encode(EncodedImages.pattern(6, 10, BufferedImage.TYPE_3BYTE_BGR), "jpg"),
            6,
            true);
    View view = View.cropped(new Crop(3, 1, 5, 4), 3, 2, FULL);
    try (ImageDecoder decoder = new ImageDecoder()) {
      DecodedImage image = decoder.decode(jpeg, "a.jpg", 3);
      assertEquals(10, image.height());
      Pixels expected = new Pixels();
      byte[] room = expected.room(Shape.of(10, 6, 3));
      System.arraycopy(image.pixels(), 0, room, 0, image.pixels().length);
      expected.frame(view);
      decoder.decode(
          jpeg,
          "a.jpg",
          3,
          (height, width) -> {
            assertEquals(10, height);
            assertEquals(6, width);
            return view;
          },
          pixels);
      assertArrayEquals(Arrays.copyOf(expected.bytes(), 18), Arrays.copyOf(pixels.bytes(), 18));
    }
  }

  @Test
  void theScaleIsTheSmallestThatFits() {
    assertEquals(1, fit(223, 500, 224, 224).divisor());
    assertEquals(1, fit(447, 900, 224, 224).divisor());
    assertEquals(2, fit(448, 448, 224, 224).divisor());
    assertEquals(4, fit(3000, 900, 224, 224).divisor());
    assertEquals(8, fit(1792, 1792, 224, 224).divisor());
    assertEquals(8, fit(60_000, 60_000, 224, 224).divisor());
    Crop whole = Crop.whole(4000, 4000);
    assertEquals(1, View.cropped(whole, 224, 224, FULL).divisor());
    View middle = new View(whole, 2000, 2000, Crop.whole(9, 9), DecodeScale.FIT);
    assertEquals(2, middle.divisor(), "the size before the window is cut out counts");
  }

  private static View fit(int cropHeight, int cropWidth, int height, int width) {
    return View.cropped(new Crop(3, 5, cropHeight, cropWidth), height, width, DecodeScale.FIT);
  }

  @Test
  void ofTheScaledImageThePixelsCountThatLieInTheCrop() {
    View view = View.cropped(new Crop(7, 8, 17, 16), 4, 4, DecodeScale.FIT);
    assertEquals(4, view.divisor());
    // rows 7 to 23 lie in scaled rows 1 to 5, columns 8 to 23 in 2 to 5
    assertEquals(new Crop(1, 2, 5, 4), view.ofScaled().crop());
    assertEquals(1, view.ofScaled().divisor());
    View full = View.cropped(new Crop(7, 8, 17, 16), 4, 4, FULL);
    assertSame(full, full.ofScaled());
  }

  @Test
  void whatLiesOutsideIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new View(Crop.whole(9, 9), 4, 4, new Crop(1, 0, 4, 4), FULL));
    assertThrows(
        IllegalArgumentException.class, () -> new View(Crop.whole(9, 9), 0, 4, null, FULL));
    pattern(9, 9);
    View outside = View.cropped(new Crop(0, 1, 9, 9), 4, 4, FULL);
    assertThrows(IllegalArgumentException.class, () -> pixels.frame(outside));
  }
}
