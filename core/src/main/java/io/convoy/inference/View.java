package io.convoy.inference;

import io.convoy.data.image.Background;
import io.convoy.recipe.Preprocessing;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * What is seen of an image before its bytes become numbers. Models that see the same share the
 * decoding.
 *
 * @param input height, width and channels of what is seen
 * @param resize how an image is brought to that; null where it must have it
 * @param background where an image is transparent
 */
record View(Shape input, Preprocessing.Resize resize, Background background) {
  static View of(Model model) {
    Preprocessing preprocessing = model.preprocessing();
    return new View(preprocessing.input(), preprocessing.resize(), preprocessing.seenThrough());
  }

  /** The models of several that see something for the first time. */
  static List<Model> firstOfEach(List<Model> models) {
    List<View> all = models.stream().map(View::of).toList();
    return all.stream().distinct().map(view -> models.get(all.indexOf(view))).toList();
  }

  /** What a model sees, of what {@link #firstOfEach} gave. */
  static int number(Model model, List<Model> firstOfEach) {
    return firstOfEach.stream().map(View::of).toList().indexOf(of(model));
  }
}
