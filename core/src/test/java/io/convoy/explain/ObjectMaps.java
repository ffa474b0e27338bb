package io.convoy.explain;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.Standardization;
import io.convoy.inference.Model;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.Padding;
import io.convoy.optimizer.Adam;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.schedule.Cosine;
import io.convoy.tensor.Shape;
import io.convoy.train.LocalTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** How much of a network's maps lies on the objects that it was trained to tell apart. */
final class ObjectMaps {
  private static final Kernels KERNELS = KernelProvider.kernels();

  /**
   * An image, and which of its pixels show the object.
   *
   * @param image bytes in the order row, column, channel
   * @param inside row by row
   */
  record Sight(byte[] image, boolean[] inside) {
    double area() {
      int count = 0;
      for (boolean pixel : inside) {
        count += pixel ? 1 : 0;
      }
      return (double) count / inside.length;
    }
  }

  /** Of an image and a class. */
  private interface Maker {
    ClassMap of(byte[] image, OptionalInt label);
  }

  private ObjectMaps() {}

  /** A network of three convolutions at full, half and quarter size. */
  static Network network(Shape input, int classes) {
    return Network.input(input.height(), input.width(), input.channels())
        .then("conv1", Conv2d.of(16, 3).withPadding(Padding.SAME).withoutBias())
        .then("norm1", BatchNorm2d.standard())
        .then("relu1", new Relu())
        .then("pool1", MaxPool2d.of(2))
        .then("conv2", Conv2d.of(32, 3).withPadding(Padding.SAME).withoutBias())
        .then("norm2", BatchNorm2d.standard())
        .then("relu2", new Relu())
        .then("pool2", MaxPool2d.of(2))
        .then("conv3", Conv2d.of(32, 3).withPadding(Padding.SAME).withoutBias())
        .then("norm3", BatchNorm2d.standard())
        .then("relu3", new Relu())
        .then("mean", new GlobalAvgPool())
        .then("dropout", new Dropout(0.2f))
        .then("logits", Linear.of(classes))
        .build();
  }

  static Recipe recipe(Network network, DataOptions data, SampleSource source, int steps) {
    return new RecipeBuilder()
        .network(network)
        .data(data)
        .standardization(Standardization.of(source))
        .augmentation(Augmentation.NONE)
        .batchSize(64)
        .epochs(1000)
        .maxSteps((long) steps)
        .optimizer(new Adam(0.9f, 0.999f, 1e-8f, 0, false))
        .schedule(new Cosine(0.005, 0, 0))
        .build();
  }

  static Model trained(Recipe recipe, SampleSource source) {
    List<Double> losses = new ArrayList<>();
    try (LocalTrainer trainer = new LocalTrainer(recipe, source, KERNELS, 2)) {
      trainer.train(trainer.totalSteps(), report -> losses.add(report.loss()));
      assertTrue(losses.get(losses.size() - 1) < losses.get(0) / 2, losses::toString);
      return model(recipe, source, trainer.state().weights());
    }
  }

  static Model random(Recipe recipe, SampleSource source) {
    return model(recipe, source, recipe.network().layout().initialState(recipe.seed()));
  }

  private static Model model(Recipe recipe, SampleSource source, float[] weights) {
    Preprocessing preprocessing = Preprocessing.of(recipe, source.classes());
    return new Model("a test", recipe.network(), weights, preprocessing, recipe.conv());
  }

  /**
   * The mean share of each map inside, over the mean share of the area.
   *
   * @param labels the class of each, that is asked for
   */
  static Map<String, Double> gains(Model model, List<Sight> sights, int[] labels) {
    Map<String, Double> gains = new TreeMap<>();
    try (WorkPool pool = new WorkPool(2)) {
      Map<String, Maker> makers =
          Map.of(
              "saliency", new Saliency(model, KERNELS, pool)::of,
              "Grad-CAM", new GradCam(model, null, KERNELS, pool)::of,
              "occlusion", new Occlusion(model, KERNELS, pool)::of);
      double area = sights.stream().mapToDouble(Sight::area).sum();
      makers.forEach(
          (name, maker) -> {
            double inside = 0;
            for (int i = 0; i < labels.length; i++) {
              Sight sight = sights.get(i);
              Heatmap map = maker.of(sight.image(), OptionalInt.of(labels[i])).map();
              inside += map.share(sight.inside());
            }
            gains.put(name, inside / area);
          });
    }
    return gains;
  }

  static void print(String what, Map<String, Double> gains) {
    StringBuilder line = new StringBuilder(what);
    gains.forEach((map, gain) -> line.append(String.format(Locale.ROOT, "  %s %.2f", map, gain)));
    System.out.println(line);
  }
}
