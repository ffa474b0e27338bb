package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.convoy.data.SampleSource;
import io.convoy.data.reader.IdxDataSet;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.ValidationOptions;
import io.convoy.selection.EnsembleSelection;
import io.convoy.selection.SelectionReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ensembles of small runs that a set of its own decides on. */
class OwnImagesEnsembleTest extends EnsembleRuns {
  /** A set by itself: the files of a test set, and none of a training set. */
  private Path own(String name, int samples) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    IdxDataSet data = Trainings.data(place, samples);
    Files.copy(Path.of(data.images()), place.resolve("t10k-images-idx3-ubyte"));
    Files.copy(Path.of(data.labels()), place.resolve("t10k-labels-idx1-ubyte"));
    return place;
  }

  @Test
  void aSetOfItsOwnDecidesWhateverRunsHoldBack() throws IOException {
    Recipe whole = RECIPE.toBuilder().validation(null).build();
    run("whole", whole);
    run("part", RECIPE.toBuilder().validation(new ValidationOptions(null, 30, 9L)).build());
    Path decides = own("own", 73);
    Path out = out();
    SelectionReport report = choose(decides, 1, out, "equal", "last:1", "whole", "part", "one");
    Path again = out();
    choose(decides, 2, again, "equal", "last:1", "whole", "part", "one");
    for (String file : List.of(EnsembleSelection.REPORT, "ensemble.json")) {
      assertEquals(Files.readString(out.resolve(file)), Files.readString(again.resolve(file)));
    }
    assertEquals(73, report.images());
    assertEquals(decides.toString(), report.decidedBy().validation());
    try (SampleSource source = IdxDataSet.test(FILES, decides.toString()).open(FILES)) {
      assertEquals(source.fingerprint(), report.decidedBy().sha256());
      keepsItsPromise(out, line(report, "equal"), source);
    }
    Path averaged = out();
    SelectionReport weights = choose(decides, 1, averaged, "weights", "last:2", "whole");
    try (SampleSource source = IdxDataSet.test(FILES, decides.toString()).open(FILES)) {
      keepsItsPromise(averaged, line(weights, "weights"), source);
    }
    SelectionReport heldBack = choose(out(), null, "last:1", "one");
    assertNull(heldBack.decidedBy().validation());
    assertEquals(
        member("one").folder().description().dataFingerprint(), heldBack.decidedBy().sha256());
  }

  @Test
  void whatRunsKnowDecidesNothing() throws IOException {
    Path known = own("known", SAMPLES);
    fails(
        known + " is the training set of one (SHA-256 ",
        () -> choose(known, 1, out(), null, "last:1", "one"));
    IdxDataSet test = Trainings.data(folder, 51);
    Path images51 = Files.copy(Path.of(test.images()), images.resolve("t10k-images-idx3-ubyte"));
    Path labels51 = Files.copy(Path.of(test.labels()), images.resolve("t10k-labels-idx1-ubyte"));
    try {
      Path tested = own("tested", 51);
      fails(
          tested + " is the test set of one (SHA-256 ",
          () -> choose(tested, 1, out(), null, "last:1", "one"));
      fails(
          images + " holds a training set, and perhaps others: an ensemble is chosen on one set",
          () -> choose(images, 1, out(), null, "last:1", "one"));
    } finally {
      Files.delete(images51);
      Files.delete(labels51);
    }
    Path single = own("single", 1);
    fails(
        "an ensemble is chosen on at least 2 images; got 1",
        () -> choose(single, 1, out(), null, "last:1", "one"));
    fails(
        "nowhere: no such folder: look for a mistyped path",
        () -> choose(folder.resolve("nowhere"), 1, out(), null, "last:1", "one"));
  }
}
