package io.convoy.selection;

import io.convoy.ensemble.MemberOutputs;
import io.convoy.ensemble.ValidationOutputs;
import io.convoy.error.ConvoyException;
import io.convoy.recipe.Recipe;
import io.convoy.trainer.ImagesOfASet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What networks say of the images that decide, run after run, by the executors. */
final class MemberWork {
  private final RunImages images;
  private final Map<MemberRun, Deciding> deciding = new HashMap<>();
  private final EnsembleListener listener;
  private Deciding first;
  private int done;

  /**
   * The images that decide, as a run sees them.
   *
   * @param recipe by which they are read, complete
   * @param samples their numbers in the set
   * @param labels their classes
   */
  private record Deciding(ImagesOfASet set, Recipe recipe, int[] samples, int[] labels) {
    void requireAs(Deciding other) {
      if (!Arrays.equals(samples, other.samples) || !Arrays.equals(labels, other.labels)) {
        throw ConvoyException.data(
            "the runs must see the same classes of the images that decide; they do not: make an"
                + " ensemble of runs with the same data options");
      }
    }
  }

  /**
   * Opens the images of all runs.
   *
   * @param validation a set of its own that decides; null for what all runs hold back
   */
  MemberWork(RunImages images, String validation, EnsembleListener listener) {
    this.images = images;
    this.listener = listener;
    for (MemberRun run : images.runs()) {
      Deciding own = validation == null ? heldBack(run) : all(run, validation);
      first = first == null ? own : first;
      own.requireAs(first);
      deciding.put(run, own);
    }
  }

  private Deciding heldBack(MemberRun run) {
    ImagesOfASet training = images.training(run);
    int[] samples = images.heldBackByAll(training);
    return new Deciding(training, images.recipe(run), samples, training.labels(samples));
  }

  private Deciding all(MemberRun run, String validation) {
    OwnImages own = images.own(run, validation);
    ImagesOfASet set = images.open(own.set(), own.recipe());
    own.recipe().requireTests(set.source());
    images.refuseKnown(run, validation, set.fingerprint());
    int[] samples = IntStream.range(0, set.source().size()).toArray();
    return new Deciding(set, own.recipe(), samples, set.labels(samples));
  }

  /** How many images decide. */
  int size() {
    return first.labels.length;
  }

  /** SHA-256 of the set that they are of. */
  String fingerprint() {
    return first.set.fingerprint();
  }

  /** How many a run holds back. */
  int heldBackBy(MemberRun run) {
    return run.recipe().validation().samplesOf(deciding.get(run).set.source().size());
  }

  /** What a network of a run says. */
  MemberOutputs outputs(MemberRun run, String name, float[] weights) {
    Deciding seen = deciding.get(run);
    MemberOutputs outputs = seen.set.outputs(name, seen.recipe, weights, seen.samples);
    listener.at(++done);
    return outputs;
  }

  /** Outputs with the true classes. */
  ValidationOutputs validation(List<MemberOutputs> outputs) {
    return new ValidationOutputs(first.labels, outputs);
  }

  /** The same weights with batch norms' statistics measured anew over a run's training images. */
  float[] refreshed(MemberRun run, float[] weights) {
    return images.training(run).refreshed(images.recipe(run), weights);
  }
}
