package io.convoy.launcher.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.data.DataSet;
import io.convoy.ensemble.Ensemble;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.inference.TestTime;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.session.Placement;
import io.convoy.memory.DriverMemory;
import io.convoy.memory.ExecutorMemory;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.run.EnsembleFolder;
import io.convoy.run.Models;
import io.convoy.run.RunFolder;
import io.convoy.run.StoredModel;
import io.convoy.run.WhichCheckpoint;
import io.convoy.storage.StoreFolder;
import io.convoy.trainer.SparkEvaluator;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Something that {@code convoy evaluate} tests. */
public sealed interface EvaluationSubject permits StateSubject, ClassifierSubject {
  /** How its images are stored. */
  TestData data();

  /** What an executor needs. */
  ExecutorMemory executors(int threads, long images);

  /** What the driver needs. */
  DriverMemory driver();

  /** What is done to images, and what classes are called; its weights are there from then on. */
  Preprocessing preprocessing();

  /**
   * Tests it.
   *
   * @param recipe complete, with the preprocessing
   * @param test labelled as the preprocessing's classes are
   */
  EvaluationFigures test(
      SparkEvaluator evaluator, Recipe recipe, DataSet test, Placement placement);

  /**
   * Finds it.
   *
   * @param place the folder of a run, of a checkpoint or of an ensemble
   * @param best whether a run's best checkpoint is meant, not its newest
   * @param images as {@code --data} names them; null where that was left out
   * @throws ConvoyException of kind USAGE when there is no such thing
   */
  static EvaluationSubject of(
      String place, boolean best, TestTime testTime, String images, Locations locations) {
    Configuration configuration = locations.configuration();
    if (EnsembleFolder.isEnsemble(place, configuration)) {
      return ensemble(place, best, testTime, images, locations);
    }
    WhichCheckpoint which = best ? WhichCheckpoint.BEST : WhichCheckpoint.NEWEST;
    if (CheckpointStore.isCheckpoint(StoreFolder.at(place, configuration))) {
      StoredModel stored = Models.find(place, which, configuration);
      TestData data =
          stored
              .runFolder(configuration)
              .map(EvaluationSubject::data)
              .orElseGet(() -> TestData.foundIn(images, place, stored.model(), locations));
      return testTime == TestTime.NONE
          ? new StateSubject(place, data, () -> stored)
          : new ClassifierSubject(stored.model(), stored.model(), testTime, data);
    }
    TestData data = data(RunFolder.open(place, configuration));
    if (testTime == TestTime.NONE) {
      return new StateSubject(place, data, () -> Models.find(place, which, configuration));
    }
    Model model = Models.load(place, which, configuration);
    return new ClassifierSubject(model, model, testTime, data);
  }

  private static TestData data(RunFolder run) {
    return TestData.ofRun(run.description().recipe(), run.location() + "/run.json");
  }

  private static EvaluationSubject ensemble(
      String place, boolean best, TestTime testTime, String images, Locations locations) {
    if (best) {
      throw ConvoyException.usage(
          "%s is an ensemble, so there is no best checkpoint: leave --best out, or name a run",
          place);
    }
    Optional<JsonNode> recipe = EnsembleFolder.recipe(place, locations.configuration());
    Ensemble ensemble = EnsembleFolder.load(place, locations.configuration());
    Model first = ensemble.members().get(0);
    TestData data =
        recipe
            .map(known -> TestData.ofRun(known, place + "/ensemble.json: recipe"))
            .orElseGet(() -> TestData.foundIn(images, place, first, locations));
    return new ClassifierSubject(ensemble, first, testTime, data);
  }
}
