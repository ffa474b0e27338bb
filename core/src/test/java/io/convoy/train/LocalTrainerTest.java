package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.error.ConvoyException;
import io.convoy.kernel.KernelThreads;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.network.StateLayout.Entry;
import io.convoy.optimizer.AdaGrad;
import io.convoy.optimizer.AdamW;
import io.convoy.optimizer.Optimizer;
import io.convoy.optimizer.RmsProp;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.Recipe;
import io.convoy.reference.BarImages;
import io.convoy.reference.ForkedJava;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numerics contract on one machine: weights are a function of the recipe and the data. */
class LocalTrainerTest {
  static Stream<Optimizer> optimizers() {
    return Stream.of(
        Trainings.MOMENTUM,
        Trainings.ADAM,
        new AdamW(0.9f, 0.99f, 1e-8f, 0.05f, true),
        new AdaGrad(0.01f, 1e-10f, 0.1f, 1e-3f, false),
        new RmsProp(0.9f, 1e-4f, 0.5f, true, 1e-3f, false));
  }

  private static LocalTrainer trainer(Recipe recipe, int threads) {
    return new LocalTrainer(recipe, Trainings.IMAGES, KernelProvider.kernels(), threads);
  }

  private static void assertSameState(TrainingState expected, TrainingState actual) {
    assertEquals(expected.step(), actual.step());
    assertEquals(expected.weightsSha256(), actual.weightsSha256());
    assertEquals(expected.slotsSha256(), actual.slotsSha256());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void threadsChangeNoBit(Optimizer optimizer) {
    TrainingState one = Trainings.train(Trainings.standard(optimizer), 1);
    assertEquals(12, one.step());
    for (float weight : one.weights()) {
      assertTrue(Float.isFinite(weight));
    }
    assertSameState(one, Trainings.train(Trainings.standard(optimizer), 2));
    assertSameState(one, Trainings.train(Trainings.standard(optimizer), 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "4", "8", "16"})
  void lanesChangeNoBit(String provider) throws Exception {
    assumeTrue(
        KernelProvider.kernels().name().equals("simd"), "compared once, in the run with simd");
    assertEquals(TrainingHashes.all(), ForkedJava.withKernels(provider, TrainingHashes.class));
  }

  /** Resumed after every step in turn, in the middle of epochs too. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void resumedIsUninterrupted(Optimizer optimizer) {
    Recipe recipe = Trainings.standard(optimizer);
    TrainingState whole = Trainings.train(recipe, 1);
    TrainingState state = LocalTrainer.initialState(recipe);
    for (long until = 1; until <= 12; until++) {
      try (LocalTrainer trainer =
          new LocalTrainer(
              recipe, Trainings.IMAGES, KernelProvider.kernels(), (int) (1 + until % 3), state)) {
        trainer.train(until, report -> {});
        state = trainer.state();
      }
      assertEquals(until, state.step());
    }
    assertSameState(whole, state);
  }

  @Test
  void seedShardsAndStepsMatter() {
    String hash = Trainings.train(Trainings.standard(Trainings.ADAM), 2).weightsSha256();
    Recipe otherSeed = Trainings.recipe(Trainings.everything(), Trainings.ADAM, 3, 2);
    Recipe otherShards = Trainings.recipe(Trainings.everything(), Trainings.ADAM, 2, 1);
    assertNotEquals(hash, Trainings.train(otherSeed, 2).weightsSha256());
    assertNotEquals(hash, Trainings.train(otherShards, 2).weightsSha256());
    Recipe shorter = Trainings.standard(Trainings.ADAM).withMaxSteps(11);
    assertNotEquals(hash, Trainings.train(shorter, 2).weightsSha256());
  }

  @Test
  void maxStepsEndsTheRunAndLeavesTheScheduleAsItIs() {
    List<Float> rates = new ArrayList<>();
    List<Float> shorter = new ArrayList<>();
    Recipe recipe = Trainings.standard(Trainings.MOMENTUM);
    try (LocalTrainer whole = trainer(recipe, 1);
        LocalTrainer part = trainer(recipe.withMaxSteps(5), 1)) {
      whole.train(whole.totalSteps(), report -> rates.add(report.rate()));
      part.train(part.totalSteps(), report -> shorter.add(report.rate()));
    }
    assertEquals(12, rates.size());
    assertEquals(rates.subList(0, 5), shorter);
  }

  @Test
  void reportsCountStepsEpochsAndSamples() {
    List<String> reports = new ArrayList<>();
    try (LocalTrainer trainer = trainer(Trainings.standard(Trainings.MOMENTUM), 1)) {
      trainer.train(
          5,
          report -> {
            reports.add(report.step() + " " + report.epoch() + " " + report.samples());
            assertTrue(report.loss() > 0 && report.loss() < 10, "loss " + report.loss());
            assertTrue(report.correct() >= 0 && report.correct() <= report.samples());
          });
    }
    assertEquals(List.of("1 0 13", "2 0 13", "3 0 13", "4 0 1", "5 1 13"), reports);
  }

  @Test
  void divergenceNamesStepAndLayer() {
    Recipe recipe = Trainings.plain(Trainings.withoutNorm(), 1e30, 13, 3);
    try (LocalTrainer trainer = trainer(recipe, 1)) {
      ConvoyException error =
          assertThrows(
              ConvoyException.class, () -> trainer.train(trainer.totalSteps(), report -> {}));
      assertEquals(ConvoyException.Kind.DIVERGED, error.kind());
      assertTrue(
          error
              .getMessage()
              .matches(
                  "step [2-4]: the loss is (NaN|Infinity); layer '(conv|logits)' is the first whose"
                      + " output is no finite number: start a new run with a lower learning rate or"
                      + " more warm-up"),
          error.getMessage());
    }
  }

  @Test
  void imagesThatDoNotFitAreRefused() {
    Recipe recipe = Trainings.standard(Trainings.MOMENTUM);
    ConvoyException shape =
        assertThrows(
            ConvoyException.class,
            () ->
                new LocalTrainer(recipe, BarImages.grey(20), KernelProvider.kernels(), 1).close());
    assertEquals(
        "network.input must be the images' shape [height, width, channels]; input is 9x7x3, images"
            + " are 9x7x1",
        shape.getMessage());
    BarImages four = new BarImages(20, Shape.of(9, 7, 3), 4, 1);
    ConvoyException classes =
        assertThrows(
            ConvoyException.class,
            () -> new LocalTrainer(recipe, four, KernelProvider.kernels(), 1).close());
    assertEquals(
        "layer 'logits': the network must end in one logit a class; it ends in 5, the data set has"
            + " 4 classes (class-0, class-1, class-2, class-3): set its outFeatures to 4, or network.classes where the recipe names a"
            + " network ({type: NAME, classes: 4})",
        classes.getMessage());
  }

  /** The threads come before the buffers; if these cannot be had, nobody is there to end them. */
  @Test
  void aTrainerThatCannotBeMadeLeavesNoThreads() {
    Recipe recipe =
        Trainings.recipe(
            Network.input(9, 7, 3)
                .then("huge", Conv2d.of(1 << 22, 1))
                .then(new GlobalAvgPool())
                .then("logits", Linear.of(5))
                .build(),
            new Sgd(0f, false, 0f, false),
            1,
            1);
    KernelThreads threads = new KernelThreads();
    ConvoyException error = assertThrows(ConvoyException.class, () -> trainer(recipe, 3).close());
    assertEquals(ConvoyException.Kind.RESOURCE, error.kind(), error.getMessage());
    threads.assertNoneLeft();
  }

  /** One step at rate 1 without momentum shows the gradient: the same for any number of shards. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 6, 8, 100})
  void shardsOfTheSameSamplesGiveTheSameGradientButForRounding(int shards) {
    // one batch of all samples, so that the streams' order has no part
    float[] one = firstUpdate(1);
    float[] many = firstUpdate(shards);
    double size = 0;
    double distance = 0;
    for (int i = 0; i < one.length; i++) {
      size += (double) one[i] * one[i];
      distance += Math.pow((double) one[i] - many[i], 2);
    }
    assertTrue(size > 1e-3, "a gradient worth the name: " + size);
    assertEquals(0, Math.sqrt(distance / size), 1e-5, "relative distance of the updates");
  }

  private static float[] firstUpdate(int shards) {
    Recipe recipe = Trainings.plain(Trainings.withoutNorm(), 1, 40, shards);
    float[] start = LocalTrainer.initialState(recipe).weights();
    try (LocalTrainer trainer = trainer(recipe, 1)) {
      trainer.train(1, report -> {});
      float[] update = trainer.state().weights();
      for (int i = 0; i < update.length; i++) {
        update[i] = start[i] - update[i];
      }
      return update;
    }
  }

  /**
   * Running averages after one step are those of the whole batch, whatever the shards. Where no
   * layer before has statistics of its own, that is.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void movingAveragesAreThoseOfTheWholeBatch(int shards) {
    float[] one = averages(1);
    float[] many = averages(shards);
    assertEquals(20, one.length);
    assertArrayEquals(one, many, 1e-5f);
    float[] zero = new float[20];
    assertFalse(java.util.Arrays.equals(one, zero));
  }

  private static float[] averages(int shards) {
    Recipe recipe = Trainings.plain(Trainings.everything(), 0.01, 40, shards);
    try (LocalTrainer trainer = trainer(recipe, 1)) {
      trainer.train(1, report -> {});
      Entry mean =
          recipe.network().layout().entries().stream()
              .filter(entry -> entry.name().equals("norm1.running_mean"))
              .findFirst()
              .orElseThrow();
      float[] weights = trainer.state().weights();
      return java.util.Arrays.copyOfRange(weights, mean.offset(), mean.offset() + 20);
    }
  }

  /** Slots stay zero where the state has moving averages. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void slotsAreZeroWhereNothingIsTrained(Optimizer optimizer) {
    Recipe recipe = Trainings.standard(optimizer);
    TrainingState state = Trainings.train(recipe, 1);
    for (Entry entry : recipe.network().layout().entries()) {
      double sum = 0;
      for (float[] slot : state.slots()) {
        for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
          sum += Math.abs(slot[i]);
        }
      }
      assertEquals(entry.parameter().role().trained(), sum > 0, entry.name());
    }
  }

  @Test
  void aStateIsACopy() {
    try (LocalTrainer trainer = trainer(Trainings.standard(Trainings.ADAM), 1)) {
      trainer.train(2, report -> {});
      TrainingState state = trainer.state();
      String before = state.weightsSha256() + state.slotsSha256();
      trainer.train(4, report -> {});
      assertEquals(before, state.weightsSha256() + state.slotsSha256());
    }
  }

  /**
   * Weights and momentum, weights and both averages of Adam, then weights, both averages of AdamW
   * and averaged weights of a training with clipped gradients, and those of LAMB in three rounds.
   * To be changed only together with {@link Numerics#VERSION}.
   */
  @Test
  @Tag("golden")
  void goldenHashes() {
    assertEquals(4, Numerics.VERSION);
    assertEquals(
        """
        6f41db91a0b873475cf3beb85ce5f7cfb4acf58ffefea6644c7198cb789f539e
        553e7c67c2a47384daa71afc15a4d8a1435ec20f8a39e51f0c394f664d9a0a8a
        6ef3699f13b6c1203a86237a97e887622448405a553e0bbcea2a1a2ee8f3fb55
        6ef1d0d36322057208a220446b787b0bf650749a31a2cd2407d9854c6a6c8890
        8b16601abeebe8aa3dd77d54204071956451fecac6c3515820226e231aa9bbd8
        22dd98148c08e48382637f3076d72abcb1f0b46841d959182182effb8d42b6b6
        e71268e6c191d153733d97e7fc69eeb533fcde89dfd15d4c229bec71cf962334
        004594ee4a45dada1fa33826d9f25f6680f0fb0928e0e61e77b772afacdfa1df
        8993dd04327d0d3cf30bf6d637252e08abc2782938433c87bdaf4e94f85e839a
        0356adc8708c1006993f29136ec78050019f48d34568553807dbe206506f7b06
        24929502c16bda203b03ed45639dbcdac9178fb125a93d961bbf6566ec3ecc23
        14057396281915d48de158dca9d63c8478ac5ad54615baf2c1a5681c238bc3a1
        b5e9e939870532e7d90b1ea3941228e6adf60cdd0b8e3dc145575517320da276
        58cb447c10a0c4321629d634a9a2e4b2b0269a5ea66f1f51a6dd12045cf374d5
        ec171cc20bb77e4f7a07e1e66cd65c369d4733f015b0d932112858eb5949c544
        b9bfaea5a8f0f5ff32261bcb81dcfcc8cf780aad3735fef1ff45cd26ec55dd8c""",
        TrainingHashes.all());
  }
}
