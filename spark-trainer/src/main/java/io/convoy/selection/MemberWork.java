package io.convoy.selection;

import io.convoy.data.DataSet;
import io.convoy.ensemble.MemberOutputs;
import io.convoy.ensemble.ValidationOutputs;
import io.convoy.error.ConvoyException;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.storage.HadoopFiles;
import io.convoy.trainer.HeldBackImages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** What networks say of the images that all runs hold back, run after run, by the executors. */
final class MemberWork {
  private final Map<MemberRun, HeldBackImages> images = new LinkedHashMap<>();
  private final Map<MemberRun, Recipe> recipes = new HashMap<>();
  private final int[] labels;
  private final EnsembleListener listener;
  private int done;

  /**
   * Opens the images of all runs.
   *
   * @param place where they lie
   * @param preprocessing of each run, in their order
   */
  MemberWork(
      JavaSparkContext spark,
      List<MemberRun> runs,
      List<Preprocessing> preprocessing,
      String place,
      int executors,
      int threads,
      EnsembleListener listener) {
    this.listener = listener;
    List<Recipe> complete = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      complete.add(preprocessing.get(i).appliedTo(runs.get(i).recipe()));
      recipes.put(runs.get(i), complete.get(i));
    }
    HadoopFiles files = new HadoopFiles(spark.hadoopConfiguration());
    Map<DataSet, HeldBackImages> open = new HashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      Recipe recipe = complete.get(i);
      DataSet set = recipe.data().training(files, place, recipe.network().inputShape().channels());
      String fingerprint = runs.get(i).folder().description().dataFingerprint();
      images.put(
          runs.get(i),
          open.computeIfAbsent(
              set,
              one -> new HeldBackImages(spark, one, fingerprint, complete, executors, threads)));
    }
    labels = labels();
  }

  private int[] labels() {
    int[] known = null;
    for (HeldBackImages held : images.values()) {
      int[] found = held.labels();
      if (known != null && !Arrays.equals(known, found)) {
        throw ConvoyException.data(
            "the runs must see the same classes of the images that all hold back; they do not: make"
                + " an ensemble of runs with the same data options");
      }
      known = found;
    }
    return known;
  }

  /** How many images all runs hold back. */
  int size() {
    return labels.length;
  }

  /** How many a run holds back. */
  int heldBackBy(MemberRun run) {
    return images.get(run).heldBackBy(recipes.get(run));
  }

  /** What a network of a run says. */
  MemberOutputs outputs(MemberRun run, String name, float[] weights) {
    MemberOutputs outputs = images.get(run).outputs(name, recipes.get(run), weights);
    listener.at(++done);
    return outputs;
  }

  /** Outputs with the true classes. */
  ValidationOutputs validation(List<MemberOutputs> outputs) {
    return new ValidationOutputs(labels, outputs);
  }

  /** The same weights with batch norms' statistics measured anew over a run's training images. */
  float[] refreshed(MemberRun run, float[] weights) {
    return images.get(run).refreshed(recipes.get(run), weights);
  }
}
