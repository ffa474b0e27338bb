package io.convoy.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.reader.Folders;
import io.convoy.data.transform.SaltAndPepper;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.network.StateLayout;
import io.convoy.operation.Padding;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.RateFactor;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.recipe.ValidationOptions;
import io.convoy.reference.BarImages;
import io.convoy.schedule.Constant;
import io.convoy.schedule.Cosine;
import io.convoy.train.TrainingSplit;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each fault in a training that was made to show it; and a sound one, in which all are silent. */
class TrainedFaultsTest {
  private static final int IMAGES = 640;

  private static Network network() {
    return Network.input(9, 7, 3)
        .then("conv1", Conv2d.of(8, 3).withPadding(Padding.SAME))
        .then("norm1", BatchNorm2d.standard())
        .then("relu1", new Relu())
        .then("pool1", MaxPool2d.of(2))
        .then("conv2", Conv2d.of(8, 3).withPadding(Padding.SAME))
        .then("relu2", new Relu())
        .then("flatten", new Flatten())
        .then("logits", Linear.of(5))
        .build();
  }

  /** 18 steps an epoch, 270 in all. */
  private static RecipeBuilder sound() {
    return new RecipeBuilder()
        .network(network())
        .data(new DataOptions(new Folders(), null, null))
        .validation(new ValidationOptions(0.1, null, null))
        .batchSize(32)
        .shards(2)
        .epochs(15)
        .optimizer(new Sgd(0.9f, true, 1e-4f, false))
        .schedule(new Cosine(0.03, 0.5, 0));
  }

  private static SmallTraining train(RecipeBuilder recipe) {
    return SmallTraining.of(recipe.build(), Altered.of(IMAGES));
  }

  private static void assertFound(String fault, SmallTraining training) {
    assertTrue(
        training.faults().contains(fault), () -> fault + " not among " + training.findings());
  }

  private static void assertTold(String fault, SmallTraining training) {
    assertFound(fault, training);
    assertTrue(
        training.told().stream().anyMatch(told -> told.startsWith(fault + " @")),
        () -> fault + " was not told while training: " + training.told());
    assertEquals(
        training.told().size(),
        training.told().stream().map(told -> told.replaceAll(" @.*", "")).distinct().count(),
        () -> "a fault was told twice: " + training.told());
  }

  @Test
  void aSoundTraining() {
    BarImages test = new BarImages(200, BarImages.colour(1).shape(), 5, 7);
    Recipe recipe = sound().augmentation(new Augmentation(0, false)).build();
    SmallTraining training =
        SmallTraining.of(
            recipe,
            Altered.of(IMAGES),
            test,
            recipe.network().layout().initialState(recipe.seed()));
    assertEquals(List.of(), training.findings());
    assertEquals(List.of(), training.told());
    assertEquals(270, training.evidence().steps());
    assertEquals(15, training.evidence().validations());
  }

  @Test
  void aRateThatIsTooHigh() {
    SmallTraining training = train(sound().schedule(new Constant(30, 0)));
    assertTold("rate too high", training);
  }

  @Test
  void aRateThatIsTooLow() {
    SmallTraining training =
        train(sound().optimizer(new Sgd(0, false, 0, false)).schedule(new Constant(2e-4, 0)));
    assertTold("rate too low", training);
    assertTrue(!training.faults().contains("loss stuck"), training::toString);
  }

  /**
   * The second convolution's bias keeps its rectifier shut: nothing of the images comes through.
   */
  @Test
  void aLossThatIsStuckBehindDeadRectifiers() {
    Recipe recipe = sound().build();
    float[] start = recipe.network().layout().initialState(recipe.seed());
    for (StateLayout.Entry entry : recipe.network().layout().trained()) {
      if (entry.name().equals("conv2.bias")) {
        Arrays.fill(start, entry.offset(), entry.offset() + entry.length(), -100f);
      }
    }
    SmallTraining training = SmallTraining.of(recipe, Altered.of(IMAGES), null, start);
    assertTold("loss stuck", training);
    assertTold("dead rectifiers", training);
    assertTrue(
        training.finding("loss stuck").evidence().endsWith("ln(5 classes) is 1.609"),
        () -> training.finding("loss stuck").evidence());
    assertEquals(
        "1 of 2 rectifiers have more than 40 % of channels that are zero for all images: 'relu2'"
            + " 100 %",
        training.finding("dead rectifiers").evidence());
  }

  @Test
  void updatesThatVanishInALayer() {
    FineTuning tuning =
        new FineTuning(
            null, null, FineTuning.Head.KEEP, List.of(), List.of(new RateFactor("conv1.*", 1e-6f)));
    SmallTraining training =
        train(sound().schedule(new Constant(0.03, 0)).epochs(25).fineTuning(tuning));
    assertTold("update sizes", training);
    assertTrue(
        training.finding("update sizes").evidence().startsWith("updates vanish in 1 of 3 layers"),
        () -> training.finding("update sizes").evidence());
  }

  /** A decay of a fifth at each step leaves nothing of what was learnt. */
  @Test
  void updatesThatExplode() {
    SmallTraining training =
        train(sound().schedule(new Constant(0.2, 0)).optimizer(new Sgd(0, false, 1, false)));
    assertTold("update sizes", training);
    assertTrue(
        training.finding("update sizes").evidence().startsWith("updates explode"),
        () -> training.finding("update sizes").evidence());
  }

  /** Labels that have nothing to do with their images are learnt by heart. */
  @Test
  void overfitting() {
    Altered noise = Altered.of(100).withLabels(i -> (i * i * 7 + i / 3) % 5);
    Recipe recipe =
        sound().validation(new ValidationOptions(0.3, null, null)).batchSize(16).epochs(80).build();
    assertTold("overfitting", SmallTraining.of(recipe, noise));
  }

  /** Of four labels in ten, nothing can be learnt from their images. */
  @Test
  void underfitting() {
    Altered bars = Altered.of(1500);
    Altered noisy =
        bars.withLabels(i -> i % 10 < 4 ? (i * i * 7 + i / 3) % 5 : bars.bars().label(i));
    Recipe recipe = sound().epochs(6).build();
    SmallTraining training = SmallTraining.of(recipe, noisy);
    assertFound("underfitting", training);
  }

  @Test
  void augmentationThatDestroysLabels() {
    SaltAndPepper most = new SaltAndPepper(1, 0.6);
    SmallTraining training = train(sound().augmentation(Augmentation.NONE.withSteps(most)));
    assertTold("labels lost", training);
  }

  @Test
  void shardsThatAreTooSmall() {
    SmallTraining training = train(sound().batchSize(8).shards(4).epochs(2));
    assertTold("small shards", training);
    assertEquals(
        "batchSize 8 in 4 shards: batch norms take mean and variance of 2 images each",
        training.finding("small shards").evidence());
  }

  /** Means and deviations that are meant for bytes, as if these went to 255. */
  @Test
  void pixelsThatWereNeverStandardised() {
    float[] black = {0, 0, 0};
    float[] byByte = {1 / 255f, 1 / 255f, 1 / 255f};
    assertTold(
        "pixel range", train(sound().standardization(new StandardScore(black, byByte)).epochs(2)));
    float[] middle = {127.5f, 127.5f, 127.5f};
    assertTold(
        "pixel range", train(sound().standardization(new StandardScore(middle, middle)).epochs(2)));
  }

  @Test
  void waitingForData() {
    SmallTraining training =
        SmallTraining.of(sound().epochs(13).build(), Altered.of(IMAGES).slow(1));
    assertTold("waiting for data", training);
  }

  @Test
  void validationThatWasTrainedOn() {
    Altered twice = Altered.of(IMAGES).withImages(i -> i % 600);
    SmallTraining training = SmallTraining.of(sound().epochs(2).build(), twice);
    assertFound("leaked images", training);
    assertTrue(
        training.finding("leaked images").evidence().contains(" of 64 images of validation are"),
        () -> training.finding("leaked images").evidence());
  }

  /** One of 1,100 is no fault, but counted; of images to judge by, and of labels. */
  @Test
  void fewEqualImagesAreCounted() {
    BarImages bars = BarImages.colour(1100);
    Altered one = Altered.of(1100).withImages(i -> i == 700 ? 3 : i);
    one = one.withLabels(i -> i == 700 ? (bars.label(3) + 1) % 5 : bars.label(i));
    Altered test = Altered.of(1100).withImages(i -> i == 0 ? 5 : 5000 + i);
    DataFacts facts =
        DataFacts.of(new TrainingSplit(one, null), test, 2, new SmallTraining.Silent());
    Evidence evidence = new Evidence(sound().build());
    evidence.addData(facts);
    assertEquals(List.of(), FaultDetectors.look(evidence));
    assertEquals(2, facts.few().size(), facts.few()::toString);
    assertTrue(
        facts.few().get(0).startsWith("1 of 1,100 images of the test set are training images: "),
        facts.few()::toString);
    assertTrue(
        facts.few().get(1).startsWith("1 of 1,100 training images are equal to one with another"),
        facts.few()::toString);
  }

  @Test
  void aTestSetThatWasTrainedOn() {
    Recipe recipe = sound().validation(null).epochs(2).build();
    float[] start = recipe.network().layout().initialState(recipe.seed());
    SampleSource test = BarImages.colour(100);
    SmallTraining training = SmallTraining.of(recipe, Altered.of(IMAGES), test, start);
    assertEquals(100, training.finding("leaked images").figures().get("test").asInt());
  }

  @Test
  void labelsThatContradictEachOther() {
    BarImages bars = BarImages.colour(IMAGES);
    Altered both =
        Altered.of(IMAGES)
            .withImages(i -> i % 600)
            .withLabels(i -> i < 600 ? bars.label(i) : (bars.label(i % 600) + 1) % 5);
    SmallTraining training = SmallTraining.of(sound().validation(null).epochs(2).build(), both);
    assertEquals(40, training.finding("contradicting labels").figures().get("images").asInt());
    assertTrue(
        training
            .finding("contradicting labels")
            .evidence()
            .startsWith("40 of 640 training images are equal to one with another label: sample"),
        () -> training.finding("contradicting labels").evidence());
  }

  @Test
  void classesOutOfBalance() {
    Altered rare = Altered.of(IMAGES).withImages(i -> i % 50 == 0 ? firstOf(0) : notOf(0, i));
    SmallTraining training = SmallTraining.of(sound().epochs(2).build(), rare);
    assertFound("imbalance", training);
  }

  private static int firstOf(int label) {
    BarImages bars = BarImages.colour(IMAGES);
    int i = 0;
    while (bars.label(i) != label) {
      i++;
    }
    return i;
  }

  /** The image, or the next one that is not of a class. */
  private static int notOf(int label, int from) {
    BarImages bars = BarImages.colour(IMAGES);
    int i = from;
    while (bars.label(i) == label) {
      i = (i + 1) % IMAGES;
    }
    return i;
  }
}
