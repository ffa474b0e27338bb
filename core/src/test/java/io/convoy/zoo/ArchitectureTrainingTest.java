package io.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.data.reader.Folders;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.network.StateLayout.Entry;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.reference.BarImages;
import io.convoy.schedule.Constant;
import io.convoy.tensor.Shape;
import io.convoy.train.LocalTrainer;
import io.convoy.train.TrainingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The networks in training: where they start, and what steps do to them. */
class ArchitectureTrainingTest {
  private static final int CLASSES = 5;

  /** The first step's loss is that of a guess where the classifier starts near zero. */
  private static final double GUESS = Math.log(CLASSES);

  /** One loss a step, and where it has led. */
  private record Outcome(List<Double> losses, TrainingState state) {}

  @Test
  void lenetLearnsFromOddBatches() {
    learns(recipe(new LeNet(Shape.of(9, 7, 3), CLASSES), 13, 3, 0.003));
  }

  @ParameterizedTest
  @EnumSource
  void lenet5LearnsFromOddBatches(LeNet5.Type type) {
    learns(recipe(new LeNet5(type, Shape.of(13, 12, 3), CLASSES), 13, 3, 0.003));
  }

  @Test
  void resNet20LearnsFromOddBatches() {
    learns(
        recipe(
            new CifarResNet(CifarResNet.Type.RESNET20, Shape.of(9, 7, 3), CLASSES), 13, 2, 0.01));
  }

  @Test
  void resNet20WithoutProjectionsLearnsFromOddBatches() {
    CifarResNet network =
        new CifarResNet(
            CifarResNet.Type.RESNET20, Shape.of(9, 7, 3), CLASSES, CifarResNet.Shortcut.PADDING);
    learns(recipe(network, 13, 2, 0.01));
  }

  private static void learns(Recipe recipe) {
    Outcome outcome = train(recipe, 30, 2);
    List<Double> losses = outcome.losses();
    double last = losses.stream().skip(27).mapToDouble(loss -> loss).average().orElseThrow();
    assertTrue(last < GUESS / 2, () -> "the last three are to be half a guess: " + losses);
    assertAllLayersMoved(recipe, outcome.state());
  }

  @Test
  void threadsChangeNoBit() {
    Recipe recipe =
        recipe(new CifarResNet(CifarResNet.Type.RESNET20, Shape.of(9, 7, 3), CLASSES), 7, 2, 0.02);
    String one = train(recipe, 2, 1).state().weightsSha256();
    assertEquals(one, train(recipe, 2, 3).state().weightsSha256());
  }

  /** A quarter as wide; each depthwise convolution has as many groups as channels. */
  @Test
  void mobileNetTakesSteps() {
    takesSteps(new MobileNetV1(Shape.of(33, 32, 3), CLASSES, 0.25));
  }

  @ParameterizedTest
  @CsvSource({
    "resnet18, 64, 64",
    "resnet50, 64, 64",
    "vgg11, 33, 32",
    "mobilenet-v1, 64, 65",
    "resnext50_32x4d, 64, 64",
    "vgg11_bn, 33, 32",
    "alexnet, 63, 64",
    "densenet121, 31, 29",
    "densenet100_bc, 9, 8",
    "mobilenet_v2, 33, 32",
    "efficientnet_b0, 33, 32",
    "alexnet_2012, 67, 68",
    "zfnet, 53, 54",
    "googlenet, 33, 32",
    "inception_v3, 75, 76",
    "resnet9, 9, 8",
    "squeezenet1_0, 30, 29",
    "squeezenet1_1, 26, 25",
    "shufflenet_v1, 33, 32",
    "shufflenet_v2_x1_0, 33, 32"
  })
  @Tag("slow")
  void theLargeOnesTakeSteps(String name, int height, int width) {
    assumeTrue(KernelProvider.kernels().lanes() > 1, "minutes without vectors, which show no more");
    takesSteps(Architectures.of(name, List.of(height, width, 3), CLASSES));
  }

  private static void takesSteps(Architecture architecture) {
    Recipe recipe = recipe(architecture, 3, 1, 0.02);
    Outcome outcome = train(recipe, 2, 2);
    assertEquals(GUESS, outcome.losses().get(0), 0.5);
    assertTrue(Double.isFinite(outcome.losses().get(1)), outcome.losses()::toString);
    assertAllLayersMoved(recipe, outcome.state());
  }

  /** A change of layers, of their order, their initialisation or their random numbers shows. */
  @ParameterizedTest
  @CsvSource({
    "lenet, 36a031d68fe9a3693750951ac5fc9098b2eea103a349cbef3f1a0d97b9859136",
    "mobilenet-v1, b33bd7698f9bc5c5adf2e3792215b81fe6716310116415ca9ffcbfb5f2944ef1",
    "alexnet, cf4abfc07f21613f995460f7c9ecf62d57a0e709086c4dd4a9833df64c30a8c7",
    "alexnet_2012, 37c96fac0cf2eb28086ada957362e44e8b0d48db2cd89f472a8e5dae76403bcf",
    "googlenet, 2979438f8862b948331004561b8890662d7770e327d00d466ec741ab536a8028",
    "inception_v3, 41832c689c3c54761768841ed174c5935d6d6d15c81595c184150e57d56a002a",
    "lenet5, 365577bd5f329eeb0a20cafcd434aaec5d3a74abd58965befc7aa53164132cd8",
    "lenet5_original, 205edb21bed8b2e909065f1d8cd5f64d18e8c116430e2334fb08193b336d6534",
    "shufflenet_v1, cd3af707a40427c72dba78be75e6f1510d299cec9b9f24a60a1a75c544d486db",
    "shufflenet_v2_x1_0, fb88080f74edfbad42102ac1d126fc06633811517baabd82dc0b7bb8d651f24c",
    "squeezenet1_1, 00a92020813248a4fd784ffa946e5b58eb2d6c5d835d8d2409fdbf7f0091895b",
    "densenet121, 1ee98f81d662e357a032194db89e17a2fd1383eaa8e961a5208ab49df502b541",
    "densenet100_bc, e7ad342e9876333474554ce492414471c0b784697c010a7548425a8ed45cf8a4",
    "efficientnet_b0, cff09f4cfc9e312fc5608dff55707f9f670421b5ca0a44ffd14ed4640d4469a1",
    "mobilenet_v2, 2ea66c0bd5c328e671d02e9b1f85ff9cd16c71d684cb990fc01e8e70db5a104a",
    "resnext50_32x4d, 6394904889d339b8cf47e0c26536693dd310873f55dec0fe530a7cf03d16ef59",
    "vgg11_bn, dae34bded9f53293df3a94f941209043e49e5ca0c35017dd7bbb0c6f3971bdcb",
    "resnet-18, fd717f29a2962e20e53dc6ce1f08a3fd1eebf2b4ed69042654cf28e1adfcf050",
    "resnet-20, 9548eb31b389bb33bff4cb3db83705802ffaacb57abbdcbee28e65633a694b68",
  })
  void theSameWeightsFromTheSameSeed(String name, String sha256) {
    Recipe recipe = recipe(Architecture.named(name), 1, 1, 0.02);
    assertEquals(sha256, LocalTrainer.initialState(recipe).weightsSha256());
  }

  @Test
  void otherWeightsFromAnotherSeed() {
    Recipe recipe = recipe(Architecture.named("resnet-20"), 1, 1, 0.02);
    Recipe other = recipe.toBuilder().seed(recipe.seed() + 1).build();
    assertNotEquals(
        LocalTrainer.initialState(recipe).weightsSha256(),
        LocalTrainer.initialState(other).weightsSha256());
  }

  /**
   * No layer is cut off from the gradient. The scale of a normalisation before a depthwise
   * convolution may stay: the normalisation behind that takes it out again.
   */
  private static void assertAllLayersMoved(Recipe recipe, TrainingState after) {
    float[] before = LocalTrainer.initialState(recipe).weights();
    for (Entry entry : recipe.network().layout().entries()) {
      boolean scale = entry.parameter().shape().isVector() && entry.name().endsWith(".weight");
      int from = entry.offset();
      int end = from + entry.length();
      assertTrue(
          scale || !Arrays.equals(before, from, end, after.weights(), from, end),
          () -> entry.name() + " has not moved");
    }
    for (float weight : after.weights()) {
      assertTrue(Float.isFinite(weight));
    }
  }

  private static Outcome train(Recipe recipe, int steps, int threads) {
    BarImages images = new BarImages(39, recipe.network().inputShape(), CLASSES, 1);
    List<Double> losses = new ArrayList<>();
    try (LocalTrainer trainer =
        new LocalTrainer(recipe, images, KernelProvider.kernels(), threads)) {
      trainer.train(steps, report -> losses.add(report.loss()));
      return new Outcome(losses, trainer.state());
    }
  }

  private static Recipe recipe(Architecture architecture, int batch, int shards, double rate) {
    return new RecipeBuilder()
        .network(architecture.network())
        .data(new DataOptions(new Folders(), null, null))
        .batchSize(batch)
        .shards(shards)
        .epochs(30)
        .optimizer(new Sgd(0.9f, false, 1e-4f, false))
        .schedule(new Constant(rate, 0))
        .build();
  }
}
