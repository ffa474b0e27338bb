package io.convoy.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.data.ArraySource;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StandardizationTest {
  @Test
  void meanAndDeviationByChannel() {
    // channel 0: 0 51 102 255, channel 1: 10 10 10 12
    ArraySource source =
        ArraySource.of(
            Shape.of(1, 2, 2), new byte[] {0, 10, 51, 10}, new byte[] {102, 10, (byte) 255, 12});
    StandardScore found = Standardization.of(source);
    assertArrayEquals(new float[] {0.4f, 10.5f / 255}, found.mean());
    // squares of 0 0.2 0.4 1 about 0.4: (0.16 + 0.04 + 0 + 0.36) / 4
    assertEquals(Math.sqrt(0.14), found.deviation()[0], 1e-7);
    assertEquals(Math.sqrt(0.75) / 255, found.deviation()[1], 1e-9);
  }

  @Test
  void aTinySpreadOnALargeMeanLosesNothing() {
    byte[] image = new byte[99 * 101];
    Arrays.fill(image, (byte) 255);
    image[77] = (byte) 254;
    double n = image.length;
    StandardScore found = Standardization.of(ArraySource.of(Shape.of(99, 101, 1), image));
    assertEquals((float) (Math.sqrt((n - 1) / (n * n)) / 255), found.deviation()[0]);
  }

  @Test
  void aConstantChannelGetsDeviationOne() {
    StandardScore found = Standardization.of(ArraySource.of(Shape.of(1, 2, 1), new byte[] {9, 9}));
    assertEquals(1f, found.deviation()[0]);
  }

  @Test
  void theTableIsOneRoundingOfTheFormula() {
    StandardScore standardization =
        new StandardScore(new float[] {0.2f, 0.5f}, new float[] {0.3f, 0.25f});
    float[] table = standardization.table(2);
    for (int value = 0; value < 256; value++) {
      assertEquals((value / 255.0 - 0.2f) / 0.3f, table[value], 1e-6);
      assertEquals((value / 255.0 - 0.5f) / 0.25f, table[256 + value], 1e-6);
    }
    assertEquals((float) (-(double) 0.2f / 0.3f), table[0]);
  }

  @Test
  void rejectsWhatCannotBeDividedBy() {
    ConvoyException zero = failure(new float[] {0}, new float[] {0});
    assertEquals(
        "mean is finite, deviation finite and above 0; channel 0 has mean 0.0, deviation 0.0",
        zero.getMessage());
    failure(new float[] {Float.NaN}, new float[] {1});
    failure(new float[] {0}, new float[] {Float.POSITIVE_INFINITY});
    failure(new float[] {0, 0}, new float[] {1});
    failure(new float[0], new float[0]);
  }

  @Test
  void survivesJson() throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    StandardScore written = new StandardScore(new float[] {0.1f}, new float[] {0.7f});
    assertEquals(written, json.readValue(json.writeValueAsString(written), Standardization.class));
    Augmentation read = json.readValue("{\"cropPadding\": 2, \"flip\": true}", Augmentation.class);
    assertEquals(new Augmentation(2, true), read);
    assertEquals(Augmentation.NONE, json.readValue("{}", Augmentation.class));
  }

  private static ConvoyException failure(float[] mean, float[] deviation) {
    return assertThrows(ConvoyException.class, () -> new StandardScore(mean, deviation));
  }
}
