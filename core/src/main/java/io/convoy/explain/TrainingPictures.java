package io.convoy.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.data.SampleSource;
import io.convoy.json.Json;
import io.convoy.preview.Choice;
import io.convoy.preview.Picture;
import io.convoy.preview.Sight;
import io.convoy.preview.Sights;
import io.convoy.preview.TargetWords;
import io.convoy.recipe.Recipe;
import io.convoy.tensor.Shape;

/** Some training images, as evaluation sees them, and as the first epochs of a training do. */
public final class TrainingPictures {
  private static final int IMAGES = 12;
  private static final int[] EPOCHS = {0, 1, 2};

  private TrainingPictures() {}

  /**
   * As a report shows them; none of images that have neither one channel nor three.
   *
   * @param recipe complete: with its standardization
   * @param training what is trained on
   */
  public static ObjectNode of(Recipe recipe, SampleSource training) {
    ObjectNode object = Json.object();
    ArrayNode images = object.putArray("images");
    Shape shape = recipe.network().inputShape();
    if (!shape.isImage() || (shape.channels() != 1 && shape.channels() != 3)) {
      return object;
    }
    Sights sights = new Sights(recipe, training, Thumbnail.SIDE);
    for (Sight sight : sights.of(Choice.of(training, IMAGES), EPOCHS)) {
      ObjectNode image = images.addObject();
      image.put("labels", TargetWords.labels(sight.labels(), training.classes()));
      image.put("place", sight.place()).put("plain", address(sight.evaluation()));
      ArrayNode versions = image.putArray("versions");
      for (Sight.Version version : sight.versions()) {
        ObjectNode seen = versions.addObject().put("epoch", version.epoch());
        seen.put("image", address(version.picture()));
        ArrayNode targets = seen.putArray("targets");
        TargetWords.of(version.target(), training.classes()).forEach(targets::add);
      }
    }
    return object;
  }

  private static String address(Picture picture) {
    Shape shape = Shape.of(picture.height(), picture.width(), picture.channels());
    return Thumbnail.address(Painting.image(picture.bytes(), shape));
  }
}
