package io.convoy.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.data.SampleSource;
import io.convoy.explain.NetworkPictures;
import io.convoy.explain.TrainingPictures;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.train.TrainingSplit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/** What can be looked at of a network that is trained, by one task: {@link NetworkPictures}. */
public final class PicturesTask implements Tasks.Body {
  private static final long serialVersionUID = 1L;

  private final Assignment assignment;
  private final SeenSet set;
  private final int[] mistakes;
  private final ArrayList<Broadcast<float[]>> weights;

  /**
   * @param set whose images are shown; null for what is held back for validation, or, where nothing
   *     is, what is trained on
   * @param mistakes numbers of its images that the network is wrong about
   * @param weights slices of the state vector
   */
  public PicturesTask(
      Assignment assignment, SeenSet set, int[] mistakes, List<Broadcast<float[]>> weights) {
    this.assignment = assignment;
    this.set = set;
    this.mistakes = mistakes.clone();
    this.weights = new ArrayList<>(weights);
  }

  @Override
  public Iterator<Object> run(int partition) {
    Recipe recipe = assignment.completeRecipe();
    TrainingSplit split = assignment.split(recipe);
    SampleSource source = set == null ? heldBack(split) : set.open(assignment.files());
    float[] state = StateSlices.join(weights.stream().map(Broadcast::value).toList());
    Model model =
        new Model(
            recipe.name(),
            recipe.network(),
            state,
            Preprocessing.of(recipe, source.classes()).withSeveralLabels(source.severalLabels()),
            recipe.conv());
    try (WorkPool pool = new WorkPool(assignment.threads())) {
      ObjectNode pictures =
          new NetworkPictures(model, source, KernelProvider.kernels(), pool).of(mistakes);
      pictures.set("training", TrainingPictures.of(recipe, split.training()));
      return Collections.<Object>singletonList(Json.bytes(pictures)).iterator();
    }
  }

  private static SampleSource heldBack(TrainingSplit split) {
    return split.validation() == null ? split.training() : split.validation();
  }
}
