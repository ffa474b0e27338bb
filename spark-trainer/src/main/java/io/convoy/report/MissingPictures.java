package io.convoy.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.SampleSource;
import io.convoy.explain.NetworkPictures;
import io.convoy.explain.TrainingPictures;
import io.convoy.feed.BatchPlan;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.profile.StepProfile;
import io.convoy.recipe.Recipe;
import io.convoy.run.FigureFile;
import io.convoy.run.RunFolder;
import io.convoy.train.TrainingSplit;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * What the end of a training makes for a report, made later, on this machine: for a run that has
 * not come to its end, that was stopped there, or that an older release trained.
 */
public final class MissingPictures {
  private final RunFolder run;
  private final Recipe recipe;
  private final FileStore files;
  private final Configuration configuration;

  /**
   * @param run whose folder the files go to
   * @param recipe complete: with its standardization
   * @param files where images are read from
   */
  public MissingPictures(
      RunFolder run, Recipe recipe, FileStore files, Configuration configuration) {
    this.run = run;
    this.recipe = recipe;
    this.files = files;
    this.configuration = configuration;
  }

  /** Whether a run's folder lacks any of them. */
  public static boolean lacking(RunFolder run) {
    return run.readFigures(RunFolder.PICTURES).isEmpty()
        || run.readFigures(RunFolder.LAYERS).isEmpty();
  }

  /**
   * Makes and writes what is lacking.
   *
   * @param model of the checkpoint that is shown
   * @param training the training set
   * @param test the test set, labelled as the model is; none where there is none
   * @param pool whose threads compute
   * @throws io.convoy.error.ConvoyException when images cannot be read or files not be written
   */
  public void make(Model model, DataSet training, Optional<DataSet> test, WorkPool pool) {
    try (SampleSource whole = training.open(files)) {
      recipe.requireFits(whole);
      TrainingSplit split = TrainingSplit.of(recipe, whole);
      if (run.readFigures(RunFolder.PICTURES).isEmpty()) {
        try (SampleSource tested = test.map(set -> set.open(files)).orElse(null)) {
          write(RunFolder.PICTURES, pictures(model, split, tested, pool));
        }
      }
      if (run.readFigures(RunFolder.LAYERS).isEmpty()) {
        write(RunFolder.LAYERS, layers(split, pool));
      }
    }
  }

  private void write(String name, JsonNode figures) {
    FigureFile.write(run.files().path(name), Json.bytes(figures), configuration);
  }

  private JsonNode pictures(Model model, TrainingSplit split, SampleSource tested, WorkPool pool) {
    SampleSource heldBack = split.validation() == null ? split.training() : split.validation();
    SampleSource shown = tested == null ? heldBack : tested;
    String figures = tested == null ? RunFolder.VALIDATION : RunFolder.EVALUATION;
    int[] mistakes = mistakes(run.readFigures(figures).orElse(Json.object()), shown);
    ObjectNode pictures =
        new NetworkPictures(model, shown, KernelProvider.kernels(), pool).of(mistakes);
    pictures.set("training", TrainingPictures.of(recipe, split.training()));
    return pictures;
  }

  /** Images that figures name as mistakes, as far as they are the same images here. */
  private static int[] mistakes(JsonNode figures, SampleSource images) {
    JsonNode all = figures.at("/figures/mistakes");
    return IntStream.range(0, all.size())
        .mapToObj(all::get)
        .filter(
            mistake -> {
              int sample = mistake.path("sample").asInt(-1);
              return sample >= 0
                  && sample < images.size()
                  && images.names(new int[] {sample}).get(0).equals(mistake.path("path").asText());
            })
        .mapToInt(mistake -> mistake.path("sample").asInt())
        .toArray();
  }

  private JsonNode layers(TrainingSplit split, WorkPool pool) {
    BatchPlan plan = BatchPlan.of(recipe, split.training().rowGroups());
    return Json.tree(
        StepProfile.of(
            recipe.network(),
            recipe.conv(),
            plan.mostSamples(plan.usedShards(0)),
            plan.batchSamples(0),
            KernelProvider.kernels(),
            pool));
  }
}
