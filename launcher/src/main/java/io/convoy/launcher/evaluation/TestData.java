package io.convoy.launcher.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.reader.DataFormat;
import io.convoy.data.reader.Idx;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.recipe.RecipeReader;
import io.convoy.loss.BinaryCrossEntropy;
import io.convoy.loss.SoftmaxCrossEntropy;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.schedule.Constant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the images are stored that something is tested on.
 *
 * @param recipe of its run; or one that was made for what knows no run, and says no more than this
 * @param found whether the format was found by what lies there. A folder may then be one set by
 *     itself, where that of a run is divided: it could be what the run was trained on
 */
public record TestData(Recipe recipe, boolean found) {
  /** As a run's recipe says. */
  public static TestData ofRun(JsonNode recipe, String place) {
    return new TestData(
        RecipeReader.recipe(RecipeReader.mapping(recipe, place), place, List.of()), false);
  }

  /**
   * As what lies in a place looks like.
   *
   * @param subject what is tested, for messages
   * @param model whose network gets its images
   * @param data the place, as the user named it; null where that was left out
   * @throws ConvoyException of kind USAGE when there is no place, or nothing in it that is known
   */
  public static TestData foundIn(String data, String subject, Model model, Locations locations) {
    if (data == null) {
      throw ConvoyException.usage(
          "%s does not know where images are and how they are stored, which the recipe of its run"
              + " says: name a folder with a test set, or one that is a set, by --data DIR",
          subject);
    }
    DataFormat format =
        DataFormat.in(locations.files(), locations.absolute(data)).orElseThrow(() -> unknown(data));
    Recipe recipe =
        new RecipeBuilder()
            .name(subject)
            .network(model.network())
            .loss(model.severalLabels() ? BinaryCrossEntropy.PLAIN : SoftmaxCrossEntropy.PLAIN)
            .data(options(format, model.preprocessing().classes()))
            .conv(model.convolution())
            .batchSize(1)
            .epochs(1)
            .optimizer(new Sgd(0, false, 0, false))
            .schedule(new Constant(1, 0))
            .build();
    return new TestData(recipe, true);
  }

  /** Labels of IDX files are numbers, whose names no file has; other classes go by their names. */
  private static DataOptions options(DataFormat format, List<String> classes) {
    DataOptions options = new DataOptions(format, null, null);
    return format instanceof Idx ? options.withLabels(classes, null, null) : options;
  }

  private static ConvoyException unknown(String data) {
    return ConvoyException.usage(
        "%s holds no set of labelled images that Convoy knows: name a folder with %s; or a folder"
            + " whose folders are classes, a packed set, or a table",
        data,
        DataFormat.all().stream()
            .map(DataFormat::expected)
            .distinct()
            .collect(Collectors.joining("; or with ")));
  }

  /**
   * The test set.
   *
   * @param complete the recipe, with preprocessing
   * @param folder in which the images lie
   * @throws ConvoyException of kind USAGE when there is none
   */
  public DataSet test(Recipe complete, String folder, FileStore files) {
    return find(complete, folder, files)
        .orElseThrow(() -> noTest(complete.data().format(), folder));
  }

  /** Likewise; empty where there is none. */
  public Optional<DataSet> find(Recipe complete, String folder, FileStore files) {
    DataOptions data = complete.data();
    int channels = complete.network().inputShape().channels();
    Optional<DataSet> whole = found ? data.undivided(files, folder, channels) : Optional.empty();
    return whole.or(() -> data.test(files, folder, channels));
  }

  private static ConvoyException noTest(DataFormat format, String folder) {
    return ConvoyException.usage(
        "%s has no test set: name a folder that has one by --data: %s", folder, format.expected());
  }
}
