package io.convoy.trials;

import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.search.PartResult;
import io.convoy.search.Rungs;
import io.convoy.search.SearchRange;
import io.convoy.search.SearchReport;
import io.convoy.search.TrialResult;
import io.convoy.storage.HadoopFiles;
import io.convoy.worker.TextTasks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Searches hyper-parameters: {@code convoy search} for programs. What comes out is a function of
 * the job alone, but for seconds: not of executors, of what ends first, or of what was killed.
 */
public final class HyperparameterSearch {
  private final JavaSparkContext spark;
  private final SearchJob job;
  private final TrialRecipes recipes;
  private final SearchListener listener;
  private final HadoopFiles files;
  private final SearchFolder folder;
  private final SearchSpeed speed;
  private final Map<Integer, SearchTrial> trials = new TreeMap<>();

  /** The last result of each trial. */
  private final Map<Integer, TrialResult> results = new TreeMap<>();

  /**
   * @param spark the user's own session; it needs no setting
   */
  public HyperparameterSearch(
      JavaSparkContext spark, SearchJob job, TrialRecipes recipes, SearchListener listener) {
    this.spark = spark;
    this.job = job;
    this.recipes = recipes;
    this.listener = listener;
    files = new HadoopFiles(spark.hadoopConfiguration());
    folder = SearchFolder.at(job.out(), files.configuration());
    speed = SearchSpeed.of(job, spark);
    job.trials().forEach(trial -> trials.put(trial.number(), trial));
  }

  /**
   * Runs a search to its end.
   *
   * @return what its folder holds, too
   * @throws ConvoyException when the images, the store or the cluster fail, or all trials; what was
   *     found by then is in its folder
   */
  public SearchReport run() {
    if (!job.resume()) {
      folder.requireFree();
    }
    if (spark.isLocal()) {
      KernelProvider.kernels(); // told here where there are none
    }
    speed.requireRoom(job.options().trial(job.recipe()));
    TrialImages images = new TrialImages(spark, job, files);
    List<PartResult> before = List.of();
    if (folder.begin(SearchPlan.of(job, images.source().fingerprint()), job.resume())) {
      before = folder.results();
      listener.say("going on with the %s results of %s".formatted(before.size(), folder.place()));
    }
    List<Integer> going = begun();
    Rungs rungs = job.options().rungs();
    for (int rung = 0; rung < rungs.epochs().size() && !going.isEmpty(); rung++) {
      climb(images, rung, going, before);
      going = best(going, rung + 1 < rungs.epochs().size() ? rungs.goOn(going.size()) : 0);
      for (int trial : trials.keySet()) {
        if (!going.contains(trial)) {
          folder.forget(trial);
        }
      }
    }
    folder.forgetAll();
    return end();
  }

  /** All trials but those whose recipe is none. */
  private List<Integer> begun() {
    List<Integer> going = new ArrayList<>();
    for (SearchTrial trial : job.trials()) {
      if (trial.failure() == null) {
        going.add(trial.number());
      } else {
        fail(trial, trial.failure());
      }
    }
    return going;
  }

  private void fail(SearchTrial trial, String why) {
    TrialResult failed = TrialResult.failed(trial.number(), trial.values(), why);
    results.put(trial.number(), failed);
    listener.onTrial(failed, false);
  }

  /** Trains trials until they are at a rung. */
  private void climb(TrialImages images, int rung, List<Integer> going, List<PartResult> before) {
    int epochs = job.options().rungs().epochs().get(rung);
    Map<Integer, List<PartResult>> found = new TreeMap<>();
    List<TrialPart> missing = new ArrayList<>();
    for (int number : going) {
      List<PartResult> own = known(number, epochs, before);
      found.put(number, own);
      try {
        missing.addAll(missing(images, trials.get(number), epochs, own));
      } catch (ConvoyException e) {
        found.remove(number);
        fail(trials.get(number), e.getMessage());
      }
    }
    Rung at = new Rung(found, going.size() * job.options().parts());
    listener.onRung(rung, going.size(), epochs, at.done, at.parts);
    List.copyOf(found.keySet()).forEach(at::tellIfWhole);
    TrialTask task =
        new TrialTask(
            images.assignment(),
            files,
            job.out(),
            job.options().folds(),
            speed.threads(missing),
            job.imageBytes(),
            images.statistics());
    if (!missing.isEmpty()) {
      List<String> texts = missing.stream().map(Json::text).toList();
      TextTasks.run(spark, texts, task, at::take);
    }
  }

  private static List<PartResult> known(int trial, int epochs, List<PartResult> before) {
    return new ArrayList<>(
        before.stream().filter(part -> part.trial() == trial && part.epochs() == epochs).toList());
  }

  private List<TrialPart> missing(
      TrialImages images, SearchTrial trial, int epochs, List<PartResult> own) {
    return IntStream.range(0, job.options().parts())
        .filter(part -> own.stream().noneMatch(result -> result.part() == part))
        .mapToObj(part -> images.part(trial, part, epochs))
        .toList();
  }

  /** A rung while its parts come in. */
  private final class Rung {
    private final Map<Integer, List<PartResult>> found;
    private final Map<Integer, Double> before = new TreeMap<>();
    private final int parts;
    private final List<TrialResult> whole = new ArrayList<>();
    private int done;

    Rung(Map<Integer, List<PartResult>> found, int parts) {
      this.found = found;
      this.parts = parts;
      done = found.values().stream().mapToInt(List::size).sum();
      results.forEach((trial, result) -> before.put(trial, result.seconds()));
    }

    synchronized void take(byte[] bytes) {
      PartResult part = Json.read(bytes, PartResult.class, "a part of a trial");
      found.get(part.trial()).add(part);
      listener.onPart(part, ++done);
      tellIfWhole(part.trial());
    }

    private void tellIfWhole(int trial) {
      List<PartResult> own = found.get(trial);
      if (own.size() < job.options().parts()) {
        return;
      }
      own.sort(Comparator.comparing(PartResult::part)); // means add up in the order of folds
      TrialResult result =
          TrialResult.of(trial, trials.get(trial).values(), own, before.getOrDefault(trial, 0.0));
      results.put(trial, result);
      whole.add(result);
      boolean best =
          result.failure() == null
              && whole.stream().min(TrialResult.order(by())).orElseThrow().equals(result);
      listener.onTrial(result, best);
    }
  }

  private CheckpointOptions.Best by() {
    return job.recipe().checkpoint().best();
  }

  /** The best of some trials, as far as they have not failed, by their numbers. */
  private List<Integer> best(List<Integer> going, int most) {
    return going.stream()
        .map(results::get)
        .filter(result -> result.failure() == null)
        .sorted(TrialResult.order(by()))
        .limit(most)
        .map(TrialResult::trial)
        .sorted()
        .toList();
  }

  private SearchReport end() {
    List<TrialResult> sorted = results.values().stream().sorted(TrialResult.order(by())).toList();
    TrialResult first = sorted.get(0);
    Integer best = first.failure() == null ? first.trial() : null;
    SearchReport report =
        new SearchReport(
            job.recipe().name(),
            job.options(),
            job.options().rungs().epochs(),
            by(),
            space(),
            best,
            best == null ? List.of() : recipes.warnings(best),
            sorted.stream().filter(result -> result.failure() != null).count(),
            sorted);
    folder.end(report, best == null ? null : recipes.text(best));
    if (best == null) {
      throw ConvoyException.data(
          "all %s trials failed: %s; %s/%s says why each did: mend the recipe, or narrow the ranges",
          sorted.size(), first.failure(), folder.place(), SearchFolder.TABLE);
    }
    return report;
  }

  private Map<String, String> space() {
    Map<String, String> space = new LinkedHashMap<>();
    for (SearchRange range : job.space().ranges()) {
      space.put(range.key(), range.text());
    }
    return space;
  }
}
