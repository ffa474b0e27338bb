package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.data.IndexedSource;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.ChannelMean;
import io.convoy.data.augment.Cutmix;
import io.convoy.data.augment.ImageStatistics;
import io.convoy.data.augment.MeanImage;
import io.convoy.data.augment.Mixup;
import io.convoy.data.augment.Pca;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.augment.Standardization;
import io.convoy.data.augment.TrainingPixels;
import io.convoy.data.augment.UnitRange;
import io.convoy.data.augment.Zca;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.error.ConvoyException;
import io.convoy.feed.BatchPlan;
import io.convoy.feed.SampleFeed;
import io.convoy.feed.SampleInput;
import io.convoy.feed.ShardOrder;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.kernel.scalar.ScalarKernels;
import io.convoy.recipe.Recipe;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings with each kind of standardisation. */
class StandardizedTrainingTest {
  private static final SampleSource IMAGES = Trainings.IMAGES;

  private static Standardization kind(String name) {
    return switch (name) {
      case "standardScore" -> StandardScore.MEASURED;
      case "unitRange" -> new UnitRange();
      case "channelMean" -> ChannelMean.MEASURED;
      case "meanImage" -> new MeanImage();
      case "pca" -> new Pca(1e-3);
      case "zca" -> new Zca(1e-3);
      default -> throw new AssertionError(name);
    };
  }

  private static Recipe recipe(String kind) {
    return Trainings.standard(Trainings.MOMENTUM).toBuilder()
        .standardization(kind(kind))
        .maxSteps(6)
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"standardScore", "unitRange", "channelMean", "meanImage", "pca", "zca"})
  void trainsToTheSameBitsOnAnyNumberOfThreads(String kind) {
    List<String> one = Trainings.train(recipe(kind), 1).arraysSha256();
    assertEquals(one, Trainings.train(recipe(kind), 2).arraysSha256());
    assertEquals(one, Trainings.train(recipe(kind), 3).arraysSha256());
    assertEquals(one, train(recipe(kind), new ScalarKernels()));
    // what was measured before gives what is measured by the training itself
    Recipe measured = recipe(kind);
    Recipe given =
        measured.withStandardization(
            measured.standardization().measured(TrainingPixels.of(IMAGES, Framing.STORED, 2)));
    assertEquals(one, Trainings.train(given, 2).arraysSha256());
  }

  private static List<String> train(Recipe recipe, Kernels kernels) {
    try (LocalTrainer trainer = new LocalTrainer(recipe, IMAGES, kernels, 2)) {
      trainer.train(trainer.totalSteps(), report -> {});
      return trainer.state().arraysSha256();
    }
  }

  @Test
  void eachKindTrainsOtherwise() {
    Set<List<String>> hashes = new HashSet<>();
    for (String kind :
        new String[] {"standardScore", "unitRange", "channelMean", "meanImage", "pca", "zca"}) {
      hashes.add(Trainings.train(recipe(kind), 2).arraysSha256());
    }
    assertEquals(6, hashes.size());
  }

  /** What the network gets, against sums that are written here, in double. */
  @ParameterizedTest
  @ValueSource(strings = {"meanImage", "pca", "zca"})
  void theNetworkGetsTheProduct(String kind) {
    Recipe recipe =
        recipe(kind).toBuilder()
            .augmentation(Augmentation.NONE.withMixing(new Mixup(1, 1), new Cutmix(1, 0.5)))
            .build();
    Standardization measured = kind(kind).measured(TrainingPixels.of(IMAGES, Framing.STORED, 1));
    float[][] mixed = inputs(recipe, new UnitRange());
    float[][] found = inputs(recipe, measured);
    ImageStatistics statistics = measured.statistics().orElseThrow();
    int n = statistics.mean().length;
    double largest = 0;
    for (int s = 0; s < mixed.length; s++) {
      for (int i = 0; i < n; i++) {
        double expected = mixed[s][i] - statistics.mean()[i];
        if (statistics.matrix() != null) {
          expected = 0;
          for (int j = 0; j < n; j++) {
            expected +=
                (double) statistics.matrix()[i * n + j] * (mixed[s][j] - statistics.mean()[j]);
          }
        }
        assertEquals(expected, found[s][i], 2e-4, "sample " + s + ", element " + i);
        largest = Math.max(largest, Math.abs(expected));
      }
    }
    assertNotEquals(0, largest);
  }

  /** The first batch as it lies in a network's input that has a halo. */
  private static float[][] inputs(Recipe recipe, Standardization standardization) {
    SampleLoader loader =
        new SampleLoader(
            IMAGES,
            recipe.network().inputShape(),
            standardization,
            recipe.augmentation(),
            recipe.seed());
    BatchPlan plan = BatchPlan.of(recipe, IMAGES.rowGroups());
    Tensor input = new Arena().tensor(plan.batchSamples(0), recipe.network().inputShape(), 2);
    try (WorkPool pool = new WorkPool(2);
        SampleFeed feed = SampleFeed.of(loader, new ShardOrder(plan, 1, 1), 2)) {
      SampleInput samples =
          new SampleInput(input, loader.standardization(), KernelProvider.kernels(), pool);
      int count = feed.begin(0, 0).samples();
      pool.run(count, (slot, thread) -> feed.load(slot, samples.samples(), slot, thread));
      samples.finish(count);
      int n = input.shape().elements();
      int line = input.shape().width() * input.shape().channels();
      float[][] values = new float[count][n];
      for (int s = 0; s < count; s++) {
        for (int h = 0; h < input.shape().height(); h++) {
          System.arraycopy(input.data(), input.at(s, h, 0), values[s], h * line, line);
        }
      }
      return values;
    }
  }

  /** Two images, of different sizes. */
  private record Sizes() implements IndexedSource {
    @Override
    public Optional<Shape> commonShape() {
      return Optional.empty();
    }

    @Override
    public int channels() {
      return 1;
    }

    @Override
    public List<String> classes() {
      return List.of("only");
    }

    @Override
    public int size() {
      return 2;
    }

    @Override
    public Target target(int index) {
      return new ClassLabel(0);
    }

    @Override
    public void read(int index, Framing framing, Pixels into) {
      into.room(Shape.of(2 + index, 2, 1));
      into.frame(framing);
    }

    @Override
    public String fingerprint() {
      return "none";
    }

    @Override
    public void close() {}
  }

  @Test
  void imagesOfSeveralSizesHaveNoMeanImage() {
    ConvoyException error =
        assertThrows(
            ConvoyException.class,
            () -> new MeanImage().measured(TrainingPixels.of(new Sizes(), Framing.STORED, 2)));
    assertEquals(
        "sample 1 (counted from 0): a mean image is of images of one size: this one is 3x2x1, the"
            + " first is 2x2x1 (height x width x channels); set data.size in the recipe, which has"
            + " images brought to a size",
        error.getMessage());
  }
}
