package io.convoy.trials;

import io.convoy.data.DataSet;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Standardization;
import io.convoy.data.augment.TrainingPixels;
import io.convoy.json.Json;
import io.convoy.recipe.Recipe;
import io.convoy.search.SearchOptions;
import io.convoy.storage.HadoopFiles;
import io.convoy.trainer.DataExamination;
import io.convoy.trainer.TrainingJob;
import io.convoy.trainer.TrainingListener;
import io.convoy.worker.Assignment;
import io.convoy.worker.KnownDigests;
import io.convoy.worker.KnownStatistics;
import io.convoy.worker.SeenSet;
import io.convoy.worker.Sources;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The images of a search, examined and opened once for all trials, and what is measured of them:
 * once for all trials that standardise them alike.
 */
final class TrialImages {
  private final JavaSparkContext spark;
  private final SearchJob job;
  private final boolean brought;
  private final SampleSource source;
  private final Assignment assignment;
  private final Map<String, Standardization> measured = new HashMap<>();
  private final Map<String, KnownStatistics> statistics = new HashMap<>();

  TrialImages(JavaSparkContext spark, SearchJob job, HadoopFiles files) {
    this.spark = spark;
    this.job = job;
    Recipe recipe = job.options().trial(job.recipe());
    TrainingJob training =
        new TrainingJob(recipe, job.training(), null, job.out(), job.resume(), 1, job.cores());
    DataExamination.Result examined =
        DataExamination.on(spark, files, new TrainingListener() {}).of(training);
    brought = !examined.job().recipe().equals(recipe);
    DataSet set = examined.job().training();
    String version = SeenSet.version(set, files, examined.training());
    source = Sources.open(set, files, version, examined::training);
    examined.job().recipe().requireFits(source);
    assignment =
        new Assignment(
            job.out(),
            Assignment.write(examined.job().recipe()),
            KnownStatistics.none(),
            set,
            version,
            source.fingerprint(),
            KnownDigests.of(spark, examined.training()),
            files,
            1);
  }

  Assignment assignment() {
    return assignment;
  }

  SampleSource source() {
    return source;
  }

  /** What was measured of whole images so far, by name. */
  Map<String, KnownStatistics> statistics() {
    return statistics;
  }

  /**
   * What a task is told.
   *
   * @param part the fold, from 0
   * @throws io.convoy.error.ConvoyException when the recipe does not fit the images
   */
  TrialPart part(SearchTrial trial, int part, int epochs) {
    SearchOptions options = job.options();
    Recipe recipe = options.trial(trial.recipe());
    recipe = brought ? recipe.forImagesOf(Optional.empty()) : recipe;
    recipe.requireFits(source);
    Recipe seen = recipe;
    String name =
        "%s %s %s %s"
            .formatted(
                part,
                recipe.network().inputShape(),
                Json.text(recipe.data()),
                Json.text(recipe.standardization()));
    Standardization known = measured.computeIfAbsent(name, key -> measure(key, seen, part));
    return new TrialPart(trial.number(), part, epochs, recipe.withStandardization(known), name);
  }

  private Standardization measure(String name, Recipe recipe, int part) {
    SampleSource trained = TrialTask.split(recipe, source, part, job.options().folds()).training();
    Standardization known =
        recipe
            .standardization()
            .measured(
                TrainingPixels.of(
                    trained,
                    recipe.data().evaluation(),
                    Runtime.getRuntime().availableProcessors()));
    statistics.put(name, KnownStatistics.of(spark, known));
    return known;
  }
}
