package io.convoy.trainer;

import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.pretrained.Start;
import io.convoy.pretrained.StartReport;
import io.convoy.pretrained.Starts;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.Recipe;
import io.convoy.run.Models;
import io.convoy.run.WhichCheckpoint;
import io.convoy.storage.HadoopFiles;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What a run starts from, on any Hadoop file system: loaded by the driver alone, when it is needed.
 * A run that is gone on with has a checkpoint, and needs no other weights.
 */
public final class RunStart {
  private final HadoopFiles files;
  private Recipe recipe;
  private Start loaded;

  private RunStart(Recipe recipe, HadoopFiles files) {
    this.recipe = recipe;
    this.files = files;
  }

  /** By a recipe; nothing is loaded. */
  public static RunStart of(Recipe recipe, HadoopFiles files) {
    return new RunStart(recipe, files);
  }

  /**
   * Makes sure that the recipe has the SHA-256 of the weights that it starts from.
   *
   * @param goesOn whether there is a checkpoint: the recipe's sum is then believed
   */
  void requireSum(BooleanSupplier goesOn) {
    FineTuning tuning = recipe.fineTuning();
    boolean given = tuning != null && tuning.weights() != null;
    if (!given || (tuning.sha256() != null && goesOn.getAsBoolean())) {
      return;
    }
    String sha256 = load().report().orElseThrow().sha256();
    recipe = recipe.toBuilder().fineTuning(tuning.withSha256(sha256)).build();
  }

  Recipe recipe() {
    return recipe;
  }

  /** What was loaded; empty where nothing was. */
  Optional<StartReport> report() {
    return loaded == null ? Optional.empty() : loaded.report();
  }

  /** The state vector at step 0. */
  public float[] weights() {
    return load().weights();
  }

  /** Gives the memory back. */
  void forget() {
    loaded = null;
  }

  private Start load() {
    if (loaded == null) {
      loaded = isFolder() ? ofModel() : Starts.of(recipe, files);
    }
    return loaded;
  }

  /** A run or a checkpoint is a folder. */
  private boolean isFolder() {
    FineTuning tuning = recipe.fineTuning();
    if (tuning == null || tuning.weights() == null) {
      return false;
    }
    try {
      return files.find(tuning.weights()).filter(entry -> entry.directory()).isPresent();
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          "fineTuning.weights: %s cannot be looked at: %s"
              .formatted(tuning.weights(), e.getMessage()),
          e);
    }
  }

  private Start ofModel() {
    Model model =
        Models.load(recipe.fineTuning().weights(), WhichCheckpoint.NEWEST, files.configuration());
    return Starts.of(recipe, model.network(), model.weights());
  }
}
