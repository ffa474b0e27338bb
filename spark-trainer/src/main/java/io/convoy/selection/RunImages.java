package io.convoy.selection;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.error.ConvoyException;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.storage.HadoopFiles;
import io.convoy.train.TrainingSplit;
import io.convoy.trainer.ImagesOfASet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** The sets of some runs, each opened when it is needed, once for all runs that see it alike. */
final class RunImages {
  private final JavaSparkContext spark;
  private final FileStore files;
  private final String place;
  private final int executors;
  private final int threads;
  private final Map<MemberRun, Preprocessing> preprocessing = new LinkedHashMap<>();
  private final Map<DataSet, ImagesOfASet> open = new HashMap<>();
  private final Map<DataSet, String> tests = new HashMap<>();

  /**
   * @param place where the runs' training set and test set lie
   * @param preprocessing of each run, in their order
   * @param executors tasks that share the images, at least 1
   * @param threads kernel threads of each
   */
  RunImages(
      JavaSparkContext spark,
      Map<MemberRun, Preprocessing> preprocessing,
      String place,
      int executors,
      int threads) {
    this.spark = spark;
    this.files = new HadoopFiles(spark.hadoopConfiguration());
    this.place = place;
    this.executors = executors;
    this.threads = threads;
    this.preprocessing.putAll(preprocessing);
    preprocessing.forEach(
        (run, known) -> {
          if (known.severalLabels()) {
            throw ConvoyException.usage(
                "%s gives an image several labels, and members of an ensemble give one: predict with"
                    + " it by itself",
                run.name());
          }
        });
  }

  /** The runs, in their order. */
  List<MemberRun> runs() {
    return List.copyOf(preprocessing.keySet());
  }

  /** A run's recipe, complete. */
  Recipe recipe(MemberRun run) {
    return preprocessing.get(run).appliedTo(run.recipe());
  }

  /** A set; how a run sees it is in the set's description. */
  ImagesOfASet open(DataSet set, Recipe recipe) {
    return open.computeIfAbsent(set, one -> opened(one, recipe));
  }

  private ImagesOfASet opened(DataSet set, Recipe recipe) {
    return new ImagesOfASet(spark, set, recipe, executors, threads);
  }

  /**
   * A run's training set.
   *
   * @throws ConvoyException of kind DATA when another lies there
   */
  ImagesOfASet training(MemberRun run) {
    Recipe recipe = recipe(run);
    DataSet set = recipe.data().training(files, place, recipe.network().inputShape().channels());
    return open(set, recipe).requireTrainingSet(run.folder().description().dataFingerprint());
  }

  /** The numbers of the images of a training set that all runs hold back. */
  int[] heldBackByAll(ImagesOfASet training) {
    List<Recipe> recipes = runs().stream().map(this::recipe).toList();
    return TrainingSplit.heldBackByAll(recipes, training.source());
  }

  /** A set of its own, as a run sees it. */
  OwnImages own(MemberRun run, String validation) {
    return OwnImages.in(validation, run.recipe(), preprocessing.get(run), files);
  }

  /**
   * Refuses a set that a run knows already.
   *
   * @param fingerprint of the set
   * @throws ConvoyException of kind USAGE when it is the training set, or the test set
   */
  void refuseKnown(MemberRun run, String validation, String fingerprint) {
    if (fingerprint.equals(run.folder().description().dataFingerprint())) {
      throw ConvoyException.usage(
          "%s is the training set of %s (SHA-256 %s), and an ensemble is chosen on images that no"
              + " member was trained on: name others by --validation",
          validation, run.name(), fingerprint);
    }
    if (testSet(run).filter(fingerprint::equals).isPresent()) {
      throw ConvoyException.usage(
          "%s is the test set of %s (SHA-256 %s), and that never chooses: nothing would be left to"
              + " test the ensemble with; name other images by --validation",
          validation, run.name(), fingerprint);
    }
  }

  /** SHA-256 of a run's test set; empty where none lies beside the training set. */
  private Optional<String> testSet(MemberRun run) {
    Recipe recipe = recipe(run);
    return beside(recipe)
        .map(set -> OwnImages.labelled(set, preprocessing.get(run)))
        .map(set -> tests.computeIfAbsent(set, one -> opened(one, recipe).fingerprint()));
  }

  private Optional<DataSet> beside(Recipe recipe) {
    try {
      return recipe.data().test(files, place, recipe.network().inputShape().channels());
    } catch (ConvoyException e) {
      if (e.kind() == ConvoyException.Kind.DATA) {
        return Optional.empty(); // a format that needs one, where it is gone
      }
      throw e;
    }
  }
}
