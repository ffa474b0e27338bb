package io.convoy.launcher.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.error.ConvoyException;
import io.convoy.inference.ClassProbability;
import io.convoy.inference.Classifier;
import io.convoy.inference.EncodedImage;
import io.convoy.inference.Prediction;
import io.convoy.inference.Predictor;
import io.convoy.inference.TestTime;
import io.convoy.json.Json;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.terminal.Console;
import java.util.List;
import java.util.Locale;

/** What a classifier says of one image, on the terminal. It takes no Spark. */
record OneImage(Console console, Locations locations, JsonOption json) {
  /**
   * Prints the likeliest classes.
   *
   * @param testTime which versions of it are looked at
   * @param place of the image
   * @param top how many classes at the most
   * @return the exit code
   * @throws ConvoyException of kind USAGE when there is no one image, of kind DATA when it cannot
   *     be read
   */
  int print(Classifier classifier, TestTime testTime, String place, int top) {
    boolean file =
        StoredFile.find(locations.files(), place)
            .filter(entry -> !entry.directory())
            .map(FileStore.Entry::path)
            .isPresent();
    if (!file) {
      throw ConvoyException.usage(
          "%s is no file, and without --out one image is looked at: name the folder of the rows by"
              + " --out",
          place);
    }
    Prediction prediction = predict(classifier, testTime, place);
    if (!prediction.isKnown()) {
      throw ConvoyException.data("%s", prediction.error());
    }
    List<ClassProbability> likeliest =
        ClassProbability.top(prediction.probabilities(), classifier.classes(), Math.max(1, top));
    List<String> labels =
        classifier.severalLabels()
            ? ClassProbability.labels(prediction.probabilities(), classifier.classes())
            : List.of(likeliest.get(0).label());
    json.print(
        console,
        object(place, labels, likeliest, classifier),
        () -> print(place, labels, likeliest, classifier));
    return 0;
  }

  private static ObjectNode object(
      String place, List<String> labels, List<ClassProbability> likeliest, Classifier classifier) {
    ObjectNode object = Json.object().put("image", place);
    object.set("labels", Json.tree(labels));
    object.set("likeliest", Json.tree(likeliest));
    return object.put("model", classifier.name());
  }

  private void print(
      String place, List<String> labels, List<ClassProbability> likeliest, Classifier classifier) {
    int width = likeliest.stream().mapToInt(each -> each.label().length()).max().orElse(0);
    String named = labels.isEmpty() ? "no label" : String.join(", ", labels);
    console.out().println("%s: %s".formatted(place, named));
    for (ClassProbability each : likeliest) {
      String blanks = " ".repeat(width - each.label().length());
      console
          .out()
          .println(
              String.format(
                  Locale.ROOT, "  %s%s  %6.2f %%", each.label(), blanks, 100 * each.probability()));
    }
    console.out().println("by " + classifier.name());
  }

  private Prediction predict(Classifier classifier, TestTime testTime, String place) {
    byte[] bytes = StoredFile.read(locations.files(), place);
    try (WorkPool pool = new WorkPool(1);
        Predictor predictor =
            new Predictor(classifier, 1, testTime, KernelProvider.kernels(), pool)) {
      return predictor.predict(EncodedImage.of(place, bytes));
    }
  }
}
