package io.convoy.inference;

import io.convoy.data.augment.Resizing;
import io.convoy.data.image.Background;
import io.convoy.data.image.Framing;
import io.convoy.error.ConvoyException;
import io.convoy.recipe.Preprocessing;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * What is seen of an image before its bytes become numbers: what is decoded, of which {@link
 * Version}s pass a network. Models that see the same share the decoding.
 *
 * @param shape height, width and channels of what is seen
 * @param resizing how an image is brought to that; null where it must have it
 * @param background where an image is transparent
 */
record View(Shape shape, Resizing resizing, Background background) {
  /**
   * What a model sees.
   *
   * @throws ConvoyException of kind USAGE when it sees nothing that versions can be cut out of
   */
  static View of(Model model, TestTime testTime) {
    Preprocessing preprocessing = model.preprocessing();
    Resizing resizing = preprocessing.resizing();
    Background background = preprocessing.seenThrough();
    if (!testTime.crops()) {
      return new View(preprocessing.input(), resizing, background);
    }
    int side = resizing == null ? 0 : resizing.shorter();
    if (side <= Math.min(preprocessing.height(), preprocessing.width())) {
      throw nothingToCut(model, testTime, resizing);
    }
    return new View(
        Shape.of(side, side, preprocessing.channels()),
        new Resizing(side, side, side, resizing.decode()),
        background);
  }

  private static ConvoyException nothingToCut(Model model, TestTime testTime, Resizing resizing) {
    String seen = "images must have that size already";
    if (resizing != null) {
      seen =
          resizing.shorter() == 0
              ? "all of an image is stretched to that (data.stretch)"
              : "the shorter side of an image is resized to that (data.resizeShorter)";
    }
    Shape input = model.network().inputShape();
    return ConvoyException.usage(
        "--tta %s cuts crops of the network's input out of a larger image; %s takes %dx%d pixels,"
            + " and %s, so there is nothing to cut from: take --tta flip",
        testTime.text(), model.name(), input.height(), input.width(), seen);
  }

  /** What several models see, each view once. */
  static List<View> of(List<Model> models, TestTime testTime) {
    return models.stream().map(model -> of(model, testTime)).distinct().toList();
  }

  /** What is made of an image: the same each time. */
  Framing framing() {
    return resizing == null ? Framing.STORED : resizing.evaluation();
  }
}
