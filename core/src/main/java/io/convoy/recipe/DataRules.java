package io.convoy.recipe;

import io.convoy.data.SampleSource;
import io.convoy.error.ConvoyException;
import io.convoy.layer.Linear;
import io.convoy.network.Node;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the images of a data set keep to, to be those of a recipe's network. */
final class DataRules {
  private final Recipe recipe;
  private final SampleSource data;
  private final int logits;
  private final int classes;

  DataRules(Recipe recipe, SampleSource data) {
    this.recipe = recipe;
    this.data = data;
    logits = recipe.network().outputShape().channels();
    classes = data.classes().size();
  }

  void requireTrains() {
    requireShape();
    recipe.standardization().requireFits(recipe.network().inputShape());
    if (logits != classes) {
      throw wrongLogits();
    }
  }

  void requireTests() {
    requireShape();
    // of named ones nobody knows which are missing: labels would be others
    if (data.classesAreNumbers() ? logits < classes : logits != classes) {
      throw wrongLogits();
    }
  }

  private void requireShape() {
    if (data.severalLabels()) {
      recipe.loss().requireSeveralLabels("in this data set");
    }
    Shape input = recipe.network().inputShape();
    Optional<Shape> images = recipe.data().size() == null ? data.commonShape() : Optional.empty();
    if (images.isPresent() && !images.get().equals(input)) {
      throw ConvoyException.usage(
          "network.input must be the images' shape [height, width, channels]; input is %s, images"
              + " are %s%s",
          input,
          images.get(),
          images.get().channels() == input.channels()
              ? ": change it, or set data.size, which has images brought to a size"
              : "");
    }
    if (input.channels() != data.channels()) {
      throw ConvoyException.usage(
          "network.input must have the images' channels; input is %s [height, width, channels], the"
              + " images have %d channels",
          input, data.channels());
    }
  }

  private ConvoyException wrongLogits() {
    Node last = recipe.network().outputs().get(0);
    int lowest =
        IntStream.range(0, data.size())
            .flatMap(index -> Arrays.stream(data.labels(index)))
            .min()
            .orElse(0);
    return ConvoyException.usage(
        "layer '%s': the network must end in one logit a class; it ends in %d, the data set has"
            + " %s%s%s%s",
        last.name(),
        logits,
        data.classesInWords(),
        remedy(last),
        data.firstLabelFrom(logits),
        lowest == 0
            ? ""
            : "; its labels begin at %s (those of EMNIST's letters at 1), and those from 0 count as"
                    .formatted(lowest)
                + " classes without images");
  }

  /** A network of the zoo, whose name is gone by now, ends in a dense layer too. */
  private String remedy(Node last) {
    if (!(last.layer() instanceof Linear)) {
      return "";
    }
    String remedy =
        ": set its outFeatures to %1$s, or network.classes where the recipe names a network"
            + " ({type: NAME, classes: %1$s})";
    return remedy.formatted(classes);
  }
}
