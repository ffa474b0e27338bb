package io.convoy.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.data.image.jpeg.JpegDecoder;
import io.convoy.data.image.jpeg.Scale;
import io.convoy.data.raster.Crop;
import io.convoy.data.raster.PlaneBytes;
import io.convoy.data.raster.Planes;
import io.convoy.data.raster.Resampler;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.reference.Numbers;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Views of JPEG files, of which no more is decoded than is seen. */
class JpegImageTest {
  private static final int HEIGHT = 93;
  private static final int WIDTH = 130;
  private static final int VIEWS = 20;

  private final ImageDecoder decoder = new ImageDecoder();
  private final Pixels pixels = new Pixels();

  /** The stored image, turned by the EXIF of its file. */
  private static byte[] file(int code) {
    BufferedImage drawn = EncodedImages.pattern(HEIGHT, WIDTH, BufferedImage.TYPE_3BYTE_BGR);
    return EncodedImages.oriented(EncodedImages.encode(drawn, "jpeg"), code, false);
  }

  private static int below(int bound, int index) {
    return (int) Long.remainderUnsigned(Numbers.bits(11, index), bound);
  }

  private static Crop crop(int height, int width, int index) {
    int top = below(height, 4 * index);
    int left = below(width, 4 * index + 1);
    return new Crop(
        top, left, 1 + below(height - top, 4 * index + 2), 1 + below(width - left, 4 * index + 3));
  }

  @Test
  void aPartIsThePartOfTheUprightImage() {
    for (int code = 1; code <= 8; code++) {
      byte[] jpeg = file(code);
      DecodedImage whole = decoder.decode(jpeg, "x", 3);
      assertEquals(code > 4 ? WIDTH : HEIGHT, whole.height());
      for (int i = 0; i < VIEWS; i++) {
        Crop crop = crop(whole.height(), whole.width(), i);
        View view = View.cropped(crop, crop.height(), crop.width(), DecodeScale.FULL);
        decoder.decode(jpeg, "x", 3, (height, width) -> view, pixels);
        byte[] expected = new byte[crop.height() * crop.width() * 3];
        for (int y = 0; y < crop.height(); y++) {
          int from = ((crop.top() + y) * whole.width() + crop.left()) * 3;
          System.arraycopy(whole.pixels(), from, expected, y * crop.width() * 3, crop.width() * 3);
        }
        assertArrayEquals(expected, seen(), "code %s, %s".formatted(code, crop));
      }
    }
  }

  /** By the whole image at that scale, turned and resized: nothing of it is left out. */
  @Test
  void fitTakesTheSmallestScaleThatIsLargeEnough() {
    Scale[] scales = {Scale.FULL, Scale.HALF, Scale.QUARTER, Scale.EIGHTH};
    int[] used = new int[4];
    for (int code = 1; code <= 8; code++) {
      byte[] jpeg = file(code);
      for (int i = 0; i < VIEWS; i++) {
        int height = code > 4 ? WIDTH : HEIGHT;
        Crop crop = crop(height, code > 4 ? HEIGHT : WIDTH, i);
        int side = 4 + below(12, 99 * i);
        View view = View.cropped(crop, side, side, DecodeScale.FIT);
        int power = 0;
        while (power < 3 && Math.min(crop.height(), crop.width()) >= side << (power + 1)) {
          power++;
        }
        used[power]++;
        decoder.decode(jpeg, "x", 3, (h, w) -> view, pixels);
        Planes upright = upright(jpeg, scales[power], code);
        int unit = 1 << power;
        int top = crop.top() / unit;
        int left = crop.left() / unit;
        int bottom = (crop.top() + crop.height() + unit - 1) / unit;
        int right = (crop.left() + crop.width() + unit - 1) / unit;
        Planes resized = new Planes();
        Crop scaled = new Crop(top, left, bottom - top, right - left);
        new Resampler().resample(upright, scaled, side, side, resized);
        assertArrayEquals(PlaneBytes.interleaved(resized), seen(), "code " + code + " " + view);
      }
    }
    for (int count : used) {
      assertEquals(true, count > 3, Arrays.toString(used));
    }
  }

  private static Planes upright(byte[] jpeg, Scale scale, int code) {
    JpegDecoder whole = new JpegDecoder(KernelProvider.kernels().jpeg());
    whole.open(jpeg, "x");
    Planes stored = new Planes();
    whole.decode(scale, Crop.whole(scale.of(HEIGHT), scale.of(WIDTH)), stored);
    DecodedImage image =
        Orientation.ofExif(code)
            .apply(
                new DecodedImage(
                    stored.height(), stored.width(), 3, PlaneBytes.interleaved(stored)));
    return PlaneBytes.of(image.height(), image.width(), 3, image.pixels());
  }

  private byte[] seen() {
    return Arrays.copyOf(pixels.bytes(), pixels.shape().elements());
  }
}
