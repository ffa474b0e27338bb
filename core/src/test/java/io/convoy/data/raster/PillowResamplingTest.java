package io.convoy.data.raster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What Pillow makes of small images: SHA-256 of the resized pixels, by Pillow 9.4.0 and this script
 * (Python 3):
 *
 * <pre>
 * import hashlib
 * from PIL import Image
 *
 * def smooth(x, y, c): return x * 31 + y * 17 + c * 101 &amp; 255
 * def noisy(x, y, c):
 *     return ((x * x * 7 + y * y * 13 + x * y * 29 + c * 57) * 2654435761 &amp; 0xFFFFFFFF) &gt;&gt; 13 &amp; 255
 *
 * def digest(formula, w, h, channels, left, top, cw, ch, ow, oh):
 *     pixels = bytes(formula(x, y, c) for y in range(h) for x in range(w) for c in range(channels))
 *     image = Image.frombytes("L" if channels == 1 else "RGB", (w, h), pixels)
 *     part = image.crop((left, top, left + cw, top + ch))
 *     return hashlib.sha256(part.resize((ow, oh), Image.BILINEAR).tobytes()).hexdigest()
 * </pre>
 */
class PillowResamplingTest {
  private static final long KNUTH = 2654435761L;

  private static int pixel(String formula, int x, int y, int c) {
    if (formula.equals("smooth")) {
      return x * 31 + y * 17 + c * 101;
    }
    long mixed = (x * x * 7L + y * y * 13L + x * y * 29L + c * 57L) * KNUTH;
    return (int) ((mixed & 0xFFFFFFFFL) >> 13);
  }

  /** Columns as the script's arguments, then the hash. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          smooth 101 67 3 0 0 101 67 32 32 b35f373ee2b9b57f908b9499fd5669ff55d2215970adcb5ae46239f4efa4b7ec
          noisy 101 67 3 0 0 101 67 32 32 3d5bd83fb008c8169f73df3de6770a8d1ef8eb6fb6d7acd415717fe4e0f841a6
          smooth 101 67 3 0 0 101 67 224 160 238e12113ab8c32a6a1d2f56b59d9afdc932fa59f54c8ae0b0aa0398923e3e3a
          noisy 101 67 3 0 0 101 67 224 160 00cc40089528595df426403e9ce5ca0364390c2944a796df26e577b4dbf0f571
          smooth 101 67 1 0 0 101 67 50 33 d8dd89121695a39d7aa3b6ef8e241a08b7d8c0087eb560c7dcf92514b29e05cd
          noisy 101 67 1 0 0 101 67 50 33 679aea79f6b0bf5446c988c70733021c12904a11439d1dfac44e5ea799e6b699
          smooth 101 67 3 0 0 101 67 101 20 3ebc14556780b12c29ae958ffe5e0bfc371437771aa0eeb2ea5157bb60954704
          noisy 101 67 3 0 0 101 67 101 20 2bf972a9fc320aa0ce8d17c0cc08362fe7af4443e66c9375cb91d37e07ec1887
          smooth 101 67 3 0 0 101 67 20 67 df2c142894c57e181122783908784801799d26dd30738dfb8d02413bf7f14a4b
          noisy 101 67 3 0 0 101 67 20 67 be6f3fc24c83b0979fe062ceea822b45686d163ffdff8569ef4c6130c7f96da4
          smooth 101 67 3 13 9 48 39 48 39 d26fd5105550f2e08cbee7cafec8705a642043dec32c97da7bb76820cb8aee94
          noisy 101 67 3 13 9 48 39 48 39 722387835495b3c6ee61712d1b68c5749f67c73938e838e58d67c8d7d28780b0
          smooth 101 67 3 13 9 48 39 31 64 b8aba77f7a8156ce9b8fa726335560f9587e4236deb5be048d686c31a06ccc7d
          noisy 101 67 3 13 9 48 39 31 64 03361fed014f9bce6ba5928913a4c405c13b34176981b79f663be8aba375bbe7
          smooth 101 67 3 60 30 41 37 24 24 5ff187a8beae15ef1d5e3f43ab0cf3c11e4950e9112975771ce6a0b6cd701080
          noisy 101 67 3 60 30 41 37 24 24 91b5f938ba336beb4e6f558664ccb2fd1104537090b055e3e28ae58f1cd569ac
          smooth 101 67 3 0 66 101 1 7 3 ed2951539fd070d0d8b82ea6a58f0a3707b86e3a8ec75d0d215c478fbad81d2c
          noisy 101 67 3 0 66 101 1 7 3 4b947f245449802d9b830233b6649ff7044d7a9cfa559de53e3459b14e186358
          smooth 101 67 1 100 0 1 67 5 9 81155ae2f3c822d531548d61f6aded1b02f03e76c8cc763996970175487c5bd6
          noisy 101 67 1 100 0 1 67 5 9 ab4e57fa8252cb7ed01367a587c8de6025081b247c285a0dc6a06fa0c9d77321
          smooth 101 67 3 0 0 101 67 1 1 8ae40a3583aef6697d2c2eff57eb915ed0bda54aaa92812ad97982743ac06f37
          noisy 101 67 3 0 0 101 67 1 1 8ae40a3583aef6697d2c2eff57eb915ed0bda54aaa92812ad97982743ac06f37
          smooth 1 1 3 0 0 1 1 8 5 73bc6cd6f2ebec72f4e06645dc5d35f872036e1fcc4e5d16cffb31729c0b6afd
          noisy 1 1 3 0 0 1 1 8 5 2d1c58a05ea65acd538eb69c4b253da1e2e797ba0a58c2e459c638359c6ac279
          smooth 32 32 3 0 0 32 32 96 96 d248fd2b870db9d1daa791b01736c353c0f376f1a1539c140107b7f731b298b6
          noisy 32 32 3 0 0 32 32 96 96 5f4c637938846766794655b50b79b95c4ff41c905089f9ca8203a4ef0281d5f1
          smooth 333 257 3 0 0 333 257 112 86 4f334d64047284e67bef1f12b8691acaa1e85183fcc8881c253e51023e649953
          noisy 333 257 3 0 0 333 257 112 86 f00831c18c826982cbbe63ef90e76d36ca5ceb86f8b05dfdbe179cbf6a8efb96
          smooth 1000 17 1 0 0 1000 17 3 40 6d4b27d0fed4cf31d1761c51837f532e39696288dcef5343bdeda83c1e657a9b
          noisy 1000 17 1 0 0 1000 17 3 40 62c952f803384c5cdabca6b76d0ba7e987a32159cdf314bce33951cf9910bdf7
          smooth 17 1000 1 0 0 17 1000 40 3 3f3175dac927d88fe362af8e6a7006df27febd29dd0dfd1ddc7afdd0b1ad2191
          noisy 17 1000 1 0 0 17 1000 40 3 df23c60880f8b27983dd73544dfce2db40408323a872a28d0d570032050c3ffb
          """)
  void resizedPixelsArePillows(
      String formula,
      int width,
      int height,
      int channels,
      int left,
      int top,
      int cropWidth,
      int cropHeight,
      int newWidth,
      int newHeight,
      String expected) {
    byte[] pixels = new byte[height * width * channels];
    for (int i = 0; i < pixels.length; i++) {
      int place = i / channels;
      pixels[i] = (byte) pixel(formula, place % width, place / width, i % channels);
    }
    Planes to = new Planes();
    new Resampler()
        .resample(
            PlaneBytes.of(height, width, channels, pixels),
            new Crop(top, left, cropHeight, cropWidth),
            newHeight,
            newWidth,
            to);
    assertEquals(expected, PlaneBytes.hash(to));
  }
}
