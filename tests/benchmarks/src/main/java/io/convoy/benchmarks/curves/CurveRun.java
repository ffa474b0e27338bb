package io.convoy.benchmarks.curves;

import io.convoy.benchmarks.timing.ProgressLine;
import io.convoy.data.FileStore;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.error.ConvoyException;
import io.convoy.feed.BatchPlan;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.network.Network;
import io.convoy.recipe.Recipe;
import io.convoy.train.Evaluator;
import io.convoy.train.TrainingSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A recipe's training in the hands of a peer. Weights are tested by Convoy's inference after each
 * epoch, so that both are measured alike.
 *
 * @param recipe of a finished run: with its standardization
 * @param files where the images lie
 * @param data their folder
 * @param threads of the peer, and of tests
 */
record CurveRun(Recipe recipe, FileStore files, String data, int threads) {
  /** Trains all epochs, and prints a line for each. */
  PeerCurve train(TrainingPeer peer, EpochLosses run, ProgressLine progress) {
    int channels = recipe.network().inputShape().channels();
    try (SampleSource all = recipe.data().training(files, data, channels).open(files);
        SampleSource test =
            recipe.data().test(files, data, channels).orElseThrow(this::noTest).open(files)) {
      SampleSource training = TrainingSplit.of(recipe, all).training();
      recipe.requireFits(training);
      return new PeerCurve(
          peer.name(),
          peer.version(),
          recipe.name(),
          recipe.seed(),
          epochs(peer, training, test, run, progress));
    }
  }

  private List<PeerCurve.Epoch> epochs(
      TrainingPeer peer,
      SampleSource training,
      SampleSource test,
      EpochLosses run,
      ProgressLine progress) {
    BatchPlan plan = BatchPlan.of(recipe, training.rowGroups());
    float[] start = recipe.network().layout().initialState(recipe.seed());
    EpochLosses losses = new EpochLosses();
    List<PeerCurve.Epoch> epochs = new ArrayList<>();
    System.out.println("epoch  loss    run's   test accuracy, loss");
    try (PlannedBatches batches = new PlannedBatches(recipe, plan, training, threads);
        PeerTraining steps = peer.start(recipe, start, threads)) {
      for (long step = 0; step < plan.steps(recipe); step++) {
        int epoch = plan.epoch(step);
        if (step % plan.stepsPerEpoch() == 0) {
          progress.next("%s, epoch %s".formatted(peer.name(), epoch + 1));
        }
        batches.load(step);
        float rate = recipe.rate(step, plan.stepsPerEpoch(), 1);
        double loss = steps.step(batches.images(), batches.labels(), rate);
        losses.add(epoch, batches.labels().length, loss);
        if (step + 1 == plan.steps(recipe) || plan.epoch(step + 1) > epoch) {
          Evaluator.Result tested = test(steps.state(), test);
          epochs.add(
              new PeerCurve.Epoch(
                  losses.mean(epoch), run.mean(epoch), tested.accuracy(), tested.loss()));
          progress.clear();
          System.out.println(line(epochs));
        }
      }
    }
    return epochs;
  }

  private static String line(List<PeerCurve.Epoch> epochs) {
    PeerCurve.Epoch last = epochs.get(epochs.size() - 1);
    return String.format(
        Locale.ROOT,
        "%-5d  %.4f  %.4f  %.2f %%, %.4f",
        epochs.size(),
        last.loss(),
        last.runLoss(),
        100 * last.testAccuracy(),
        last.testLoss());
  }

  private Evaluator.Result test(float[] state, SampleSource test) {
    Network network = recipe.network();
    SampleLoader loader =
        new SampleLoader(
            test,
            network.inputShape(),
            recipe.data().resizing(),
            recipe.standardization(),
            Augmentation.NONE,
            recipe.seed());
    try (WorkPool pool = new WorkPool(threads);
        Evaluator evaluator =
            new Evaluator(network, recipe.conv(), state, loader, KernelProvider.kernels(), pool)) {
      return evaluator.all();
    }
  }

  private ConvoyException noTest() {
    return ConvoyException.usage("%s has no test set: name a folder that has one by --data", data);
  }
}
