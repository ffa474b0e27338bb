package io.convoy.selection;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.SampleSource;
import io.convoy.data.reader.DataFormat;
import io.convoy.error.ConvoyException;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;

/**
 * A set of labelled images of its own, by which an ensemble is chosen instead of by what runs hold
 * back: a folder that is one set, and not divided.
 *
 * @param set as a run sees it, under the labels of its classes
 * @param recipe of the run, with the options by which the set is read, and its preprocessing
 */
record OwnImages(DataSet set, Recipe recipe) {
  /**
   * Finds the set: in the format that it looks like, by the options of the run's recipe where that
   * has the same format.
   *
   * @param place the folder, or a table
   * @param own the run's recipe
   * @throws ConvoyException of kind USAGE when there is no such set
   */
  static OwnImages in(String place, Recipe own, Preprocessing preprocessing, FileStore files) {
    Recipe recipe = preprocessing.appliedTo(stored(place, own, files));
    return new OwnImages(labelled(set(place, recipe, files), preprocessing), recipe);
  }

  /** How many images there are, damaged ones among them. */
  static int count(String place, Recipe own, FileStore files) {
    try (SampleSource source = set(place, stored(place, own, files), files).open(files)) {
      return source.size();
    }
  }

  private static Recipe stored(String place, Recipe own, FileStore files) {
    DataFormat format = DataFormat.in(files, place).orElse(own.data().format());
    return format.equals(own.data().format())
        ? own
        : own.toBuilder().data(new DataOptions(format, null, null)).build();
  }

  private static DataSet set(String place, Recipe recipe, FileStore files) {
    int channels = recipe.network().inputShape().channels();
    return recipe.data().undivided(files, place, channels).orElseThrow(() -> divided(place));
  }

  /** A set under the labels of a network's classes, where these have names. */
  static DataSet labelled(DataSet set, Preprocessing preprocessing) {
    return preprocessing.classes().isEmpty() ? set : set.labelledAs(preprocessing.classes());
  }

  private static ConvoyException divided(String place) {
    return ConvoyException.usage(
        "%s holds a training set, and perhaps others: an ensemble is chosen on one set, so name a"
            + " folder whose folders are classes, a packed set, or a table by --validation",
        place);
  }
}
