package io.convoy.worker;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.SampleSource;
import io.convoy.json.Json;
import io.convoy.recipe.Recipe;
import io.convoy.train.TrainingSplit;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * What a run's tasks have in common: it travels with each of them.
 *
 * @param run the run's id
 * @param recipe as JSON, with the standardisation that was measured
 * @param statistics of whole images, which are too large for it
 * @param training the whole training set, with what is held back for validation
 * @param version of its files, as the driver saw them
 * @param fingerprint its SHA-256, as the driver saw it
 * @param digests those of its files, where they are known
 * @param files where the data are read from
 * @param threads kernel threads of each task
 */
public record Assignment(
    String run,
    String recipe,
    KnownStatistics statistics,
    DataSet training,
    String version,
    String fingerprint,
    KnownDigests digests,
    FileStore files,
    int threads)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A recipe as JSON. */
  public static String write(Recipe recipe) {
    return Json.text(recipe);
  }

  /** The training set in its two parts, as every task and the driver see them. */
  TrainingSplit split(Recipe recipe) {
    return TrainingSplit.of(recipe, open());
  }

  /** The whole training set, as every task and the driver see it. */
  public SampleSource open() {
    return Sources.open(training, files, version, fingerprint, digests::read);
  }

  /** The recipe, without statistics of whole images. */
  Recipe readRecipe() {
    return Json.read(recipe.getBytes(StandardCharsets.UTF_8), Recipe.class, "the run's recipe");
  }

  /** The recipe with all that whoever reads images needs. */
  Recipe completeRecipe() {
    return statistics.in(readRecipe());
  }
}
