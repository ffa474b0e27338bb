package io.convoy.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.checkpoint.Checkpoint;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.storage.StoreFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Loads trained networks, from any Hadoop file system and without Spark.
 *
 * <pre>{@code
 * Model model = Models.load("runs/quickstart-1", WhichCheckpoint.NEWEST, new Configuration());
 * }</pre>
 */
public final class Models {
  private static final String RUN = "run.json";

  private Models() {}

  /**
   * Loads a model: the weights that inference uses (averaged ones where the recipe has some), and
   * what was done to images. Every byte is compared with the checkpoint's sums.
   *
   * @param place a run's folder, or that of one of its checkpoints, a copy of one, or a member of
   *     an ensemble; a copy by itself has its convolutions computed as their shapes ask for
   * @param which of a run's checkpoints; the newest where the place is a checkpoint
   * @throws ConvoyException of kind USAGE when there is no model, or none that is meant; DATA when
   *     it is damaged; RESOURCE when it cannot be reached
   */
  public static Model load(String place, WhichCheckpoint which, Configuration configuration) {
    return find(place, which, configuration).model();
  }

  /** Loads a model like {@link #load}, and tells where its files lie. */
  public static StoredModel find(String place, WhichCheckpoint which, Configuration configuration) {
    StoreFolder folder = StoreFolder.at(place, configuration);
    return CheckpointStore.isCheckpoint(folder)
        ? alone(folder, which, configuration)
        : ofRun(RunFolder.open(place, configuration), which);
  }

  private static StoredModel alone(
      StoreFolder folder, WhichCheckpoint which, Configuration configuration) {
    if (!which.equals(WhichCheckpoint.NEWEST)) {
      throw ConvoyException.usage(
          "%s is one checkpoint, so there is none to choose; got %s: leave that out, or name the"
              + " run",
          folder.root(), which);
    }
    Checkpoint checkpoint = CheckpointStore.loadModel(folder);
    String location = folder.root().toString();
    Optional<RunFolder> above = runAbove(folder, configuration);
    Model model =
        above.isPresent()
            ? model(location, checkpoint, above.map(run -> run.description().recipe()))
            : of(
                name(location, checkpoint),
                checkpoint,
                EnsembleFolder.convolutionOf(folder, configuration)
                    .orElse(ConvolutionAlgorithm.AUTO));
    return new StoredModel(
        model,
        checkpoint.metadata().step(),
        location,
        above.map(run -> description(run.location())));
  }

  private static String name(String place, Checkpoint checkpoint) {
    return "%s, step %s".formatted(place, checkpoint.metadata().step());
  }

  private static String description(String run) {
    return run + "/" + RUN;
  }

  /** The run in which a checkpoint lies; empty where it lies in none. */
  private static Optional<RunFolder> runAbove(StoreFolder folder, Configuration configuration) {
    Path checkpoints = folder.root().getParent();
    Path run = checkpoints == null ? null : checkpoints.getParent();
    if (run == null) {
      return Optional.empty();
    }
    try {
      return folder.status(new Path(run, RUN)).isEmpty()
          ? Optional.empty()
          : Optional.of(RunFolder.open(run.toString(), configuration));
    } catch (IOException e) {
      throw folder.failed("look at", new Path(run, RUN), e);
    }
  }

  private static StoredModel ofRun(RunFolder run, WhichCheckpoint which) {
    CheckpointStore store = run.checkpoints(CheckpointStore.KEEP_LAST);
    Checkpoint checkpoint =
        switch (which.kind()) {
          case NEWEST -> store.loadNewestModel().orElseThrow(() -> noCheckpoint(run));
          case BEST -> store.loadBestModel().orElseThrow(() -> noBest(run));
          case STEP -> store.loadModel(which.step());
        };
    return new StoredModel(
        model(run.location(), checkpoint, Optional.of(run.description().recipe())),
        checkpoint.metadata().step(),
        store.folder(checkpoint.metadata().step()).toString(),
        Optional.of(description(run.location())));
  }

  private static ConvoyException noCheckpoint(RunFolder run) {
    return ConvoyException.usage(
        "%s has no checkpoint yet: go on with it by convoy train --resume --out %s",
        run.location(), run.location());
  }

  private static ConvoyException noBest(RunFolder run) {
    return ConvoyException.usage(
        "%s keeps no best checkpoint: it takes validation and checkpoint.keepBest: true in the"
            + " recipe, and a checkpoint; take the newest one instead",
        run.location());
  }

  /**
   * The model of a checkpoint that lies in no run.
   *
   * @throws ConvoyException of kind USAGE when the checkpoint does not say what is done to images
   */
  static Model of(String name, Checkpoint checkpoint, ConvolutionAlgorithm convolution) {
    return new Model(
        name,
        Network.fromJson(checkpoint.network()),
        checkpoint.state().inferenceWeights(),
        preprocessing(name, checkpoint, Optional.empty()),
        convolution);
  }

  private static Model model(String place, Checkpoint checkpoint, Optional<JsonNode> recipe) {
    JsonNode conv = recipe.map(tree -> tree.path("conv")).orElse(Json.object().path("conv"));
    return new Model(
        name(place, checkpoint),
        Network.fromJson(checkpoint.network()),
        checkpoint.state().inferenceWeights(),
        preprocessing(place, checkpoint, recipe),
        conv.isMissingNode()
            ? ConvolutionAlgorithm.AUTO
            : Json.value(conv, ConvolutionAlgorithm.class, place + ": conv"));
  }

  /** Releases that knew no preprocessing wrote all of it but the classes' names into the recipe. */
  private static Preprocessing preprocessing(
      String place, Checkpoint checkpoint, Optional<JsonNode> recipe) {
    if (checkpoint.preprocessing() != null) {
      return checkpoint.preprocessing();
    }
    JsonNode tree =
        recipe.orElseThrow(
            () ->
                ConvoyException.usage(
                    "%s is of a release that kept what is done to images in the run's recipe: name"
                        + " the run",
                    place));
    return Preprocessing.of(Json.value(tree, Recipe.class, place + "/" + RUN), List.of());
  }
}
