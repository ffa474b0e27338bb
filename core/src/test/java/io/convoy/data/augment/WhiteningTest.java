package io.convoy.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.ArraySource;
import io.convoy.data.SampleSource;
import io.convoy.data.image.Framing;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mean images and whitening, as they are measured. */
class WhiteningTest {
  private static final int N = 12;
  private static final Shape SHAPE = Shape.of(2, 3, 2);

  /** Images whose elements depend on each other: more than one block, and an odd number. */
  private static byte[][] images(int count) {
    Random random = new Random(7);
    byte[][] images = new byte[count][N];
    for (byte[] image : images) {
      int common = random.nextInt(120);
      for (int i = 0; i < N; i++) {
        image[i] = (byte) (common + random.nextInt(40 + 8 * i));
      }
    }
    return images;
  }

  private static TrainingPixels pixels(byte[][] images, int threads) {
    return TrainingPixels.of(ArraySource.of(SHAPE, images), Framing.STORED, threads);
  }

  @Test
  void theMeanImageIsEachElementsMean() {
    byte[][] images = images(131);
    MeanImage found = new MeanImage().measured(pixels(images, 2));
    float[] mean = found.statistics().orElseThrow().mean();
    for (int i = 0; i < N; i++) {
      long sum = 0;
      for (byte[] image : images) {
        sum += Byte.toUnsignedInt(image[i]);
      }
      assertEquals((float) (sum / (255.0 * 131)), mean[i]);
    }
    assertEquals(SHAPE, found.statistics().orElseThrow().shape());
  }

  /** Two elements, by hand: variances 4 and 4, covariance 0; then turned by 45 degrees. */
  @Test
  void twoElementsByHand() {
    // 100 ± 2 in the first, 50 ± 4 in the second, independent of each other
    SampleSource axes =
        ArraySource.of(
            Shape.of(1, 2, 1),
            new byte[] {98, 46},
            new byte[] {98, 54},
            new byte[] {102, 46},
            new byte[] {102, 54});
    TrainingPixels pixels = TrainingPixels.of(axes, Framing.STORED, 1);
    ImageStatistics zca = new Zca(1e-12).measured(pixels).statistics().orElseThrow();
    assertArrayEquals(new float[] {100 / 255f, 50 / 255f}, zca.mean());
    // deviations 2 / 255 and 4 / 255
    assertArrayEquals(new float[] {127.5f, 0, 0, 63.75f}, zca.matrix(), 1e-4f);
    ImageStatistics pca = new Pca(1e-12).measured(pixels).statistics().orElseThrow();
    assertArrayEquals(new float[] {0, 63.75f, 127.5f, 0}, pca.matrix(), 1e-4f); // larger first
    // epsilon is added to the variance: 16 / 255² + 9 / 255² = (5 / 255)²
    double epsilon = 9.0 / (255 * 255);
    ImageStatistics damped = new Pca(epsilon).measured(pixels).statistics().orElseThrow();
    assertEquals(51, damped.matrix()[1], 1e-4);
  }

  /** Two elements that rise together: the first component is their sum, with its sign above 0. */
  @Test
  void correlatedElementsByHand() {
    // sum varies by ±8, difference by ±2: eigenvalues 16 + 1... of (1, 1) / √2 and (1, -1) / √2
    SampleSource both =
        ArraySource.of(
            Shape.of(1, 2, 1),
            new byte[] {105, 103},
            new byte[] {103, 105},
            new byte[] {97, 95},
            new byte[] {95, 97});
    ImageStatistics pca =
        new Pca(1e-12)
            .measured(TrainingPixels.of(both, Framing.STORED, 1))
            .statistics()
            .orElseThrow();
    // along (1, 1) / √2 the values are ±8 / √2, along (1, -1) / √2 they are ±2 / √2
    double large = 255 / (8 / StrictMath.sqrt(2)) / StrictMath.sqrt(2);
    double small = 255 / (2 / StrictMath.sqrt(2)) / StrictMath.sqrt(2);
    assertArrayEquals(new double[] {large, large}, doubles(pca.matrix(), 0, 2), 1e-3);
    assertEquals(small, Math.abs(pca.matrix()[2]), 1e-3);
    assertEquals(pca.matrix()[2], -pca.matrix()[3], 1e-3);
  }

  private static double[] doubles(float[] values, int from, int to) {
    double[] doubles = new double[to - from];
    for (int i = from; i < to; i++) {
      doubles[i - from] = values[i];
    }
    return doubles;
  }

  @Test
  void whatIsWhiteHasTheIdentityAsCovariance() {
    byte[][] images = images(300);
    for (Standardization kind : new Standardization[] {new Pca(1e-12), new Zca(1e-12)}) {
      ImageStatistics found = kind.measured(pixels(images, 2)).statistics().orElseThrow();
      double[][] white = new double[images.length][N];
      for (int s = 0; s < images.length; s++) {
        for (int i = 0; i < N; i++) {
          for (int j = 0; j < N; j++) {
            double centred = Byte.toUnsignedInt(images[s][j]) / 255.0 - found.mean()[j];
            white[s][i] += found.matrix()[i * N + j] * centred;
          }
        }
      }
      for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
          double covariance = 0;
          for (double[] image : white) {
            covariance += image[i] * image[j] / images.length;
          }
          assertEquals(i == j ? 1 : 0, covariance, 1e-4, kind + " " + i + " " + j);
        }
      }
    }
  }

  @Test
  void zcaIsSymmetricAndPcaIsNot() {
    byte[][] images = images(100);
    float[] zca = new Zca(1e-6).measured(pixels(images, 1)).statistics().orElseThrow().matrix();
    float[] pca = new Pca(1e-6).measured(pixels(images, 1)).statistics().orElseThrow().matrix();
    boolean differs = false;
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        assertEquals(zca[i * N + j], zca[j * N + i]);
        differs |= pca[i * N + j] != pca[j * N + i];
      }
    }
    assertTrue(differs);
  }

  /** Fewer images than elements: the directions without variance get 1 / sqrt(epsilon). */
  @Test
  void directionsWithoutVarianceStayFinite() {
    byte[][] images = images(5);
    ImageStatistics found = new Pca(0.01).measured(pixels(images, 1)).statistics().orElseThrow();
    double norm = 0;
    for (int i = 0; i < N; i++) {
      double element = found.matrix()[(N - 1) * N + i];
      norm += element * element;
    }
    assertEquals(100, norm, 0.01);
  }

  @Test
  void anyNumberOfThreadsMeasuresTheSame() {
    byte[][] images = images(193);
    for (Standardization kind :
        new Standardization[] {
          new MeanImage(),
          new Zca(1e-6),
          new Pca(1e-6),
          StandardScore.MEASURED,
          ChannelMean.MEASURED
        }) {
      Standardization one = kind.measured(pixels(images, 1));
      assertTrue(one.complete());
      assertEquals(one, kind.measured(pixels(images, 2)));
      assertEquals(one, kind.measured(pixels(images, 3)));
    }
  }

  /** Every image white: sums reach their largest values, and still nothing overflows. */
  @Test
  void theLargestSumsAreExact() {
    byte[][] images = new byte[1000][N];
    for (byte[] image : images) {
      java.util.Arrays.fill(image, (byte) 255);
    }
    ImageStatistics found = new Zca(1e-4).measured(pixels(images, 2)).statistics().orElseThrow();
    for (int i = 0; i < N; i++) {
      assertEquals(1f, found.mean()[i]);
      for (int j = 0; j < N; j++) {
        assertEquals(i == j ? 100 : 0, found.matrix()[i * N + j], 1e-4);
      }
    }
  }

  @Test
  void refusesWhatCannotBeWhitened() {
    ConvoyException large =
        assertThrows(ConvoyException.class, () -> new Zca(1e-6).requireFits(Shape.of(64, 64, 3)));
    assertEquals(
        "standardization: whitening takes images of at most 4096 numbers (height x width x"
            + " channels), such as 36x36x3, since its matrix has the square of that; the network's"
            + " input is 64x64x3, which has 12288: take meanImage or standardScore, or a smaller"
            + " data.size and network.input",
        large.getMessage());
    new Pca(1e-6).requireFits(Shape.of(64, 64, 1));
    ConvoyException epsilon = assertThrows(ConvoyException.class, () -> new Pca(0));
    assertEquals(
        "standardization.epsilon must be at least 1.0E-12, and finite; got 0.0",
        epsilon.getMessage());
    Standardization measured = new MeanImage().measured(pixels(images(3), 1));
    ConvoyException other =
        assertThrows(ConvoyException.class, () -> measured.requireFits(Shape.of(3, 2, 2)));
    assertEquals(
        "standardization: its mean image must have the shape of the network's input; it is 2x3x2,"
            + " the input 3x2x2 (height x width x channels)",
        other.getMessage());
  }
}
