package io.convoy.launcher.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.data.SampleSource;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.launcher.place.DataFolder;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.place.RunName;
import io.convoy.launcher.preview.Preview;
import io.convoy.launcher.recipe.RecipeFile;
import io.convoy.launcher.recipe.RecipeReader;
import io.convoy.launcher.recipe.SetOption;
import io.convoy.launcher.terminal.Console;
import io.convoy.recipe.Recipe;
import io.convoy.text.TextTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code convoy preview}: a picture of what a network will see of some training images. Neither a
 * session nor a training is started.
 */
@Command(
    name = "preview",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Draws what the network will see of some training images.",
    description = {
      "",
      "A contact sheet, as a PNG: each image as it is stored, as evaluation sees it, and as"
          + " training does in some epochs, with what augmentation makes of it. Where mixup or"
          + " cutmix mix it with another, the line below says with which classes it is labelled.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  convoy preview fashion-mnist --data DIR",
      "  convoy preview my-recipe.yaml --count 20 --out sheet.png",
      "  convoy preview my-recipe.yaml --epochs 0,1,2,3,4,5 --seed 7",
      "  convoy preview my-recipe.yaml --set 'augmentation={flip: true}'"
    })
public final class PreviewCommand implements Callable<Integer> {
  private static final int CLASSES = 40;

  @Mixin private final RecipeOptions recipeOptions = new RecipeOptions();

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      description = {
        "Where the sheet goes, on this machine; one that is",
        "there is replaced. By default <recipe>-preview.png."
      })
  private String out;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many images, of all classes; by default 10.")
  private Integer count = 10;

  @Option(
      names = "--epochs",
      paramLabel = "E,E,...",
      split = ",",
      description = "Which epochs, from 0; by default 0,1,2,3.")
  private List<Integer> epochs = List.of(0, 1, 2, 3);

  @Option(names = "--seed", paramLabel = "S", description = "Another seed than the recipe's.")
  private String seed;

  @Mixin private final JsonOption json = new JsonOption();

  private final Console console;

  public PreviewCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    requireNumbers();
    RecipeFile file = recipeOptions.file();
    List<SetOption> changes = new ArrayList<>(recipeOptions.changes());
    if (seed != null) {
      changes.add(SetOption.parse("seed=" + seed));
    }
    Recipe given = RecipeReader.recipe(RecipeReader.tree(file), file.place(), changes);
    Locations locations = new Locations(new SparkConf());
    SheetFile sheet = SheetFile.of(out, RunName.stem(nameOf(given, file)), locations);
    DataFolder folder =
        DataFolder.of(given, recipeOptions.data(), RunName.PARENT + "/preview", locations);
    folder.drawIfMissing(console);
    Recipe recipe;
    try (SampleSource training = open(given, folder, locations)) {
      recipe = given.forImagesOf(training.commonShape());
    }
    try (SampleSource training = open(recipe, folder, locations)) {
      training.leftOut().forEach(console::tell);
      Preview preview =
          Preview.of(
              recipe, training, count, epochs.stream().mapToInt(Integer::intValue).toArray());
      sheet.write(preview.png());
      json.print(console, object(preview, sheet.name()), () -> print(preview, sheet.name()));
    }
    return 0;
  }

  private static SampleSource open(Recipe recipe, DataFolder folder, Locations locations) {
    int channels = recipe.network().inputShape().channels();
    return recipe
        .data()
        .training(locations.files(), folder.location(), channels)
        .open(locations.files());
  }

  private static String nameOf(Recipe recipe, RecipeFile file) {
    return recipe.name().isBlank() ? file.stem() : recipe.name();
  }

  private void requireNumbers() {
    if (count < 1) {
      throw ConvoyException.usage("--count must be at least 1 image; got %d", count);
    }
    if (epochs.isEmpty() || epochs.stream().anyMatch(epoch -> epoch < 0)) {
      throw ConvoyException.usage(
          "--epochs are numbers from 0 on, such as 0,1,2; got %s",
          String.join(",", epochs.stream().map(String::valueOf).toList()));
    }
  }

  private static ObjectNode object(Preview preview, String sheet) {
    ObjectNode object =
        Json.object()
            .put("sheet", sheet)
            .put("height", preview.height())
            .put("width", preview.width())
            .put("images", preview.found())
            .put("shown", preview.shown())
            .put("sizes", preview.sizes());
    object.set("classes", Json.tree(preview.classes()));
    return object;
  }

  private void print(Preview preview, String sheet) {
    console
        .out()
        .println("sheet   %s (%s x %s pixels)".formatted(sheet, preview.width(), preview.height()));
    console.out().println("images  " + preview.found());
    console.out().println("shown   " + preview.shown());
    console.out().println("sizes   %s (height x width, of those shown)".formatted(preview.sizes()));
    console.out().println();
    TextTable table = new TextTable("<class", ">label", ">images", ">shown");
    List<Preview.ClassRow> classes = preview.classes();
    classes.stream()
        .limit(CLASSES)
        .forEach(row -> table.row(row.name(), row.label(), row.images(), row.shown()));
    table.lines().forEach(console.out()::println);
    if (classes.size() > CLASSES) {
      int[] further =
          classes.stream().skip(CLASSES).mapToInt(Preview.ClassRow::images).sorted().toArray();
      console
          .out()
          .println(
              "and %s more classes, of %s to %s images each"
                  .formatted(further.length, further[0], further[further.length - 1]));
    }
  }
}
