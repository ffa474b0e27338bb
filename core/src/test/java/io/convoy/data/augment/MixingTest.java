package io.convoy.data.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.ArraySource;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.DenseTarget;
import io.convoy.targets.LabelMix;
import io.convoy.targets.LabelMix.Part;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixingTest {
  private static final Shape SHAPE = Shape.of(11, 8, 3);
  private static final Mixup MIXUP = new Mixup(0.4, 1);
  private static final Cutmix CUTMIX = new Cutmix(1, 1);
  private static final int ROWS = 400;

  private final StandardScore standardization =
      new StandardScore(new float[] {0.3f, 0.4f, 0.5f}, new float[] {0.2f, 0.3f, 0.1f});

  private SampleLoader loader(Mixup mixup, Cutmix cutmix) {
    Augmentation augmentation = Augmentation.NONE.withMixing(mixup, cutmix);
    return new SampleLoader(
        ArraySource.of(SHAPE, image(0)), SHAPE, standardization, augmentation, 42);
  }

  private static byte[] image(int seed) {
    byte[] image = new byte[SHAPE.elements()];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) (seed * 61 + i * 29 + i * i);
    }
    return image;
  }

  private float standardised(byte[] image, int h, int w, int c) {
    int value = image[(h * SHAPE.width() + w) * 3 + c] & 0xFF;
    float scale = (float) (1 / (255.0 * standardization.deviation()[c]));
    float shift = (float) (-(double) standardization.mean()[c] / standardization.deviation()[c]);
    return Math.fma(value, scale, shift);
  }

  @Test
  void aBlendIsTheWeightedSumOfStandardisedValues() {
    SampleLoader loader = loader(MIXUP, null);
    Tensor batch = Tensor.of(2, SHAPE);
    loader.write(image(1), image(2), new Mix.Blend(0.3f), batch, 1);
    for (int h = 0; h < SHAPE.height(); h++) {
      for (int w = 0; w < SHAPE.width(); w++) {
        for (int c = 0; c < 3; c++) {
          float own = standardised(image(1), h, w, c);
          float other = standardised(image(2), h, w, c);
          assertEquals(
              Math.fma(0.3f, own, (1 - 0.3f) * other), batch.data()[batch.at(1, h, w) + c]);
          assertEquals(0, batch.data()[batch.at(0, h, w) + c]);
        }
      }
    }
  }

  @Test
  void aPatchIsThePartners() {
    SampleLoader loader = loader(null, CUTMIX);
    Tensor batch = Tensor.of(1, SHAPE);
    loader.write(image(1), image(2), new Mix.Patch(0.9f, 2, 3, 6, 8), batch, 0);
    for (int h = 0; h < SHAPE.height(); h++) {
      for (int w = 0; w < SHAPE.width(); w++) {
        boolean patched = h >= 2 && h < 6 && w >= 3;
        for (int c = 0; c < 3; c++) {
          float expected = standardised(image(patched ? 2 : 1), h, w, c);
          assertEquals(expected, batch.data()[batch.at(0, h, w) + c]);
        }
      }
    }
  }

  @Test
  void sharesOfPatchesAreTheirAreas() {
    SampleLoader loader = loader(null, CUTMIX);
    double sum = 0;
    boolean empty = false;
    for (int row = 0; row < ROWS; row++) {
      Mix.Patch patch = (Mix.Patch) loader.mix(row, 3).orElseThrow();
      int area = (patch.bottom() - patch.top()) * (patch.right() - patch.left());
      assertEquals(1 - area / 88f, patch.share(), 1e-6);
      assertTrue(patch.top() >= 0 && patch.bottom() <= 11 && patch.left() >= 0);
      assertTrue(patch.right() <= 8);
      sum += patch.share();
      empty |= area == 0;
    }
    assertTrue(sum / ROWS > 0.5 && sum / ROWS < 0.85, "mean " + sum / ROWS);
    assertTrue(empty, "a patch may be empty");
  }

  @Test
  void bothAreTakenAsOftenAsEachOther() {
    SampleLoader loader = loader(MIXUP, CUTMIX);
    long blends =
        IntStream.range(0, ROWS)
            .filter(row -> loader.mix(row, 0).orElseThrow() instanceof Mix.Blend)
            .count();
    assertEquals(ROWS / 2.0, blends, 50);
  }

  @Test
  void probabilityLeavesImagesAsTheyAre() {
    SampleLoader some = loader(new Mixup(0.2, 0.25), null);
    long mixed = IntStream.range(0, ROWS).filter(row -> some.mix(row, 1).isPresent()).count();
    assertEquals(ROWS / 4.0, mixed, 40);
    SampleLoader none = loader(new Mixup(0.2, 0), new Cutmix(1, 0));
    assertTrue(IntStream.range(0, ROWS).allMatch(row -> none.mix(row, 1).isEmpty()));
    assertEquals(Optional.empty(), loader(null, null).mix(0, 0));
    assertEquals(Optional.empty(), loader(MIXUP, CUTMIX).plain().mix(0, 0));
  }

  @Test
  void drawsFollowFromEpochAndRow() {
    SampleLoader loader = loader(MIXUP, CUTMIX);
    assertEquals(loader.mix(7, 2), loader(MIXUP, CUTMIX).mix(7, 2));
    long distinct =
        IntStream.range(0, 50)
            .boxed()
            .flatMap(row -> IntStream.range(0, 2).mapToObj(epoch -> loader.mix(row, epoch)))
            .distinct()
            .count();
    assertTrue(distinct > 90, "distinct: " + distinct);
  }

  @Test
  void targetsAreMixedByTheShare() {
    Target cat = new ClassLabel(3);
    Target dog = new ClassLabel(5);
    Mix mix = new Mix.Blend(0.75f);
    assertEquals(
        new LabelMix(List.of(new Part(3, 0.75f), new Part(5, 0.25f))), mix.target(cat, dog));
    assertEquals(cat, mix.target(cat, new ClassLabel(3)));
    Target both = new LabelMix(List.of(new Part(5, 0.5f), new Part(3, 0.5f)));
    assertEquals(
        new LabelMix(List.of(new Part(3, 0.875f), new Part(5, 0.125f))), mix.target(cat, both));
    Target several = LabelMix.ofLabels(3, 5);
    assertEquals(several, mix.target(several, LabelMix.ofLabels(3, 5)));
    assertEquals(
        new LabelMix(List.of(new Part(3, 1), new Part(5, 0.75f), new Part(1, 0.25f)), true),
        mix.target(several, LabelMix.ofLabels(1, 3)));
    assertEquals(
        new LabelMix(List.of(new Part(3, 0.75f), new Part(5, 0.75f)), true),
        mix.target(several, LabelMix.ofLabels()));
    DenseTarget dense = new DenseTarget(Shape.of(2), new float[] {1, 2});
    ConvoyException error = assertThrows(ConvoyException.class, () -> mix.target(cat, dense));
    assertEquals(
        "mixup and cutmix mix labels; a sample has a target dense 2: take both away",
        error.getMessage());
  }

  @Test
  void optionsAreChecked() {
    ConvoyException alpha = assertThrows(ConvoyException.class, () -> new Mixup(0, 1));
    assertEquals("augmentation.mixup: alpha must lie in (0, 100]; got 0.0", alpha.getMessage());
    ConvoyException probability = assertThrows(ConvoyException.class, () -> new Cutmix(1, 2));
    assertEquals(
        "augmentation.cutmix: probability must lie in [0, 1]; got 2.0", probability.getMessage());
  }

  @Test
  void theySurviveJson() {
    Augmentation written = new Augmentation(2, true).withMixing(MIXUP, CUTMIX);
    assertEquals(written, Json.read(Json.bytes(written), Augmentation.class, "test"));
    byte[] defaults = "{\"mixup\": {}, \"cutmix\": {}}".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        Augmentation.NONE.withMixing(new Mixup(0.2, 1), new Cutmix(1, 1)),
        Json.read(defaults, Augmentation.class, "test"));
  }
}
