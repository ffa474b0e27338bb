package io.convoy.launcher.preview;

import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.json.Json;
import io.convoy.preview.Choice;
import io.convoy.preview.Sight;
import io.convoy.preview.Sights;
import io.convoy.recipe.Recipe;
import io.convoy.tensor.Shape;
import io.convoy.train.TrainingSplit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A contact sheet of a recipe's training images, and what there is to say of it.
 *
 * @param png the sheet; not copied
 * @param height of it in pixels
 * @param width of it in pixels
 * @param found how many images there are, in words
 * @param shown what the sheet shows of them, in words
 * @param sizes of the images that are shown, in words
 * @param classes a row for each
 */
public record Preview(
    byte[] png,
    int height,
    int width,
    String found,
    String shown,
    String sizes,
    List<ClassRow> classes) {
  /**
   * A class of the training set.
   *
   * @param images that are trained on
   * @param shown of these
   */
  public record ClassRow(String name, int label, int images, long shown) {}

  /**
   * Draws a sheet.
   *
   * @param whole the training set, of which the recipe's {@code validation} holds some back
   * @param count how many images are wanted, at least 1
   * @param epochs from 0, at least one: a version of each image for each
   * @throws io.convoy.error.ConvoyException when the recipe does not fit the images, one cannot be
   *     read, or the sheet would be too large
   */
  public static Preview of(Recipe recipe, SampleSource whole, int count, int[] epochs)
      throws IOException {
    recipe.requireFits(whole);
    TrainingSplit split = TrainingSplit.of(recipe, whole);
    SampleSource training = split.training();
    Choice choice = Choice.of(training, count);
    Shape input = recipe.network().inputShape();
    String found = found(choice, split);
    String shown = shown(recipe, epochs);
    boolean mixes = recipe.augmentation().mixup() != null || recipe.augmentation().cutmix() != null;
    ContactSheet sheet =
        new ContactSheet(
            input,
            epochs.length,
            mixes ? 2 : 0,
            List.of(title(recipe), found, shown, augmentation(recipe)));
    sheet.requireSize(choice.rows().length);
    List<Sight> sights = new Sights(recipe, training, ContactSheet.box(input)).of(choice, epochs);
    return new Preview(
        sheet.draw(sights, names(training)),
        sheet.height(sights.size()),
        sheet.width(),
        found,
        shown,
        sizes(sights),
        classes(choice, training.classes()));
  }

  /**
   * What the sheet calls the classes. A number alone would not be taken for the name of a class;
   * and a name that the sheet's letters cannot write is found by its label.
   */
  private static List<String> names(SampleSource training) {
    List<String> classes = training.classes();
    if (training.classesAreNumbers()) {
      return classes.stream().map(number -> "class " + number).toList();
    }
    return IntStream.range(0, classes.size())
        .mapToObj(
            label -> {
              String name = classes.get(label);
              return PlainText.isReadable(name) ? name : "label %s %s".formatted(label, name);
            })
        .toList();
  }

  private static String title(Recipe recipe) {
    return recipe.name().isBlank() ? "what the network sees" : recipe.name();
  }

  private static String found(Choice choice, TrainingSplit split) {
    int heldBack = split.validation() == null ? 0 : split.validation().size();
    return String.format(
        Locale.ROOT,
        "%,d of %,d training images, %,d classes%s",
        choice.rows().length,
        split.training().size(),
        choice.images().length,
        heldBack == 0
            ? ""
            : String.format(Locale.ROOT, "; %,d held back for validation", heldBack));
  }

  private static String shown(Recipe recipe, int[] epochs) {
    Shape input = recipe.network().inputShape();
    int times = ContactSheet.magnification(input);
    return "as stored, as evaluation sees them (%s%s), and as training does in epoch%s %s of seed %s"
        .formatted(
            input,
            times == 1 ? "" : ", drawn %s times as large".formatted(times),
            epochs.length == 1 ? "" : "s",
            Arrays.stream(epochs).mapToObj(Integer::toString).collect(Collectors.joining(", ")),
            recipe.seed());
  }

  /** The recipe's own keys, as far as they have a part in what is seen. */
  private static String augmentation(Recipe recipe) {
    if (recipe.augmentation().equals(Augmentation.NONE)) {
      return "augmentation: none, so training sees what evaluation does";
    }
    String keys = Json.tree(recipe.augmentation()).toString();
    return "augmentation: " + keys.replace("\"", "").replace(",", ", ").replace(":", ": ");
  }

  private static String sizes(List<Sight> sights) {
    Comparator<Sight> bySize =
        Comparator.comparingLong(sight -> (long) sight.height() * sight.width());
    Sight smallest = sights.stream().min(bySize).orElseThrow();
    Sight largest = sights.stream().max(bySize).orElseThrow();
    String least = "%sx%s".formatted(smallest.height(), smallest.width());
    String most = "%sx%s".formatted(largest.height(), largest.width());
    return least.equals(most) ? least : "%s to %s".formatted(least, most);
  }

  private static List<ClassRow> classes(Choice choice, List<String> names) {
    List<ClassRow> rows = new ArrayList<>();
    for (int label = 0; label < names.size(); label++) {
      rows.add(new ClassRow(names.get(label), label, choice.images()[label], choice.shown(label)));
    }
    return rows;
  }
}
