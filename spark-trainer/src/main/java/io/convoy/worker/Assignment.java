package io.convoy.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.error.ConvoyException;
import io.convoy.train.Recipe;
import io.convoy.train.TrainingSplit;
import java.io.IOException;
import java.io.Serializable;

/**
 * What a run's tasks have in common: it travels with each of them.
 *
 * @param run the run's id
 * @param recipe as JSON, with the standardisation that was measured
 * @param training the whole training set, with what is held back for validation
 * @param version of its files, as the driver saw them
 * @param fingerprint its SHA-256, as the driver saw it
 * @param files where the data are read from
 * @param threads kernel threads of each task
 */
public record Assignment(
    String run,
    String recipe,
    DataSet training,
    String version,
    String fingerprint,
    FileStore files,
    int threads)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  /** A recipe as JSON. */
  public static String write(Recipe recipe) {
    try {
      return MAPPER.writeValueAsString(recipe);
    } catch (IOException e) {
      throw new ConvoyException(ConvoyException.Kind.INTERNAL, "cannot write the recipe: " + e, e);
    }
  }

  /** The training set in its two parts, as every task and the driver see them. */
  TrainingSplit split(Recipe recipe) {
    return TrainingSplit.of(recipe, Sources.open(training, files, version, fingerprint));
  }

  Recipe readRecipe() {
    try {
      return MAPPER.readValue(recipe, Recipe.class);
    } catch (IOException e) {
      throw new ConvoyException(ConvoyException.Kind.INTERNAL, "cannot read the recipe: " + e, e);
    }
  }
}
