package io.convoy.data.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.FileStore;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.folder.FolderLayout;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which folders are the training set and the test set. */
class FolderLayoutTest {
  @TempDir Path temporary;
  private final FileStore files = new LocalFiles();
  private final Folders format = new Folders();
  private ImageFolder images;
  private String folder;

  @BeforeEach
  void start() throws IOException {
    images = new ImageFolder(Files.createDirectory(temporary.resolve("data")));
    folder = images.path().toString();
  }

  @Test
  void trainAndTestNeedNoWords() throws IOException {
    images.write("train/a/1.png", 1);
    images.write("test/a/1.png", 1);
    images.put(".DS_Store", new byte[1]);
    assertLayout("/train", "/test");
  }

  @Test
  void whatLiesBesideIsTold() throws IOException {
    images.write("train/a/1.png", 1);
    images.write("test/a/1.png", 1);
    images.write("val/a/1.png", 1);
    images.put("LICENSE", new byte[1]);
    assertLayout("/train", "/test", ": left out 2 as beside train and test: LICENSE, val");
  }

  @Test
  void valStandsForAMissingTestSet() throws IOException {
    for (String name : List.of("val", "valid", "validation", "Testing")) {
      ImageFolder set = new ImageFolder(temporary.resolve(name));
      set.write("train/a/1.png", 1);
      set.write(name + "/a/1.png", 1);
      folder = set.path().toString();
      assertLayout("/train", "/" + name, ": %s is taken for the test set".formatted(name));
    }
  }

  @Test
  void otherLettersAreTold() throws IOException {
    images.write("Training/a/1.png", 1);
    images.write("TEST/a/1.png", 1);
    assertLayout(
        "/Training",
        "/TEST",
        ": Training is taken for the training set",
        ": TEST is taken for the test set");
    images.write("train/a/1.png", 1);
    assertLayout(
        "/train",
        "/TEST",
        ": TEST is taken for the test set",
        ": left out 1 as beside train and TEST: Training");
  }

  @Test
  void aTestSetMayBeMissing() throws IOException {
    images.write("train/a/1.png", 1);
    assertLayout("/train", null, ": it has no folder test, so there is no test set");
  }

  @Test
  void aFolderOfClassesIsATrainingSet() throws IOException {
    images.write("cat/1.png", 1);
    assertFalse(format.isIn(files, folder), "any folder has folders");
    images.write("dog/1.png", 1);
    assertTrue(format.isIn(files, folder));
    assertLayout(
        "",
        null,
        ": it has no folders train and test of classes: its folders are taken for the classes, and there is no"
            + " test set");
    assertEquals(2, format.training(files, folder, Reading.of(1)).open(files).size());
  }

  /** As of COCO's vehicles. */
  @Test
  void aClassMayBeCalledTrain() throws IOException {
    images.write("bus/1.png", 1);
    images.write("train/2.png", 2);
    try (SampleSource source = format.training(files, folder, Reading.of(1)).open(files)) {
      assertEquals(List.of("bus:1", "train:2"), ImageFolder.samples(source));
    }
    Files.delete(images.path().resolve("bus/1.png"));
    Files.delete(images.path().resolve("bus"));
    assertLayout("/train", null, ": it has no folder test, so there is no test set");
  }

  @Test
  void notesAreTold() throws IOException {
    images.write("train/a/1.png", 1);
    images.put("train/a/Thumbs.db", new byte[1]);
    assertEquals(
        List.of(
            folder + ": it has no folder test, so there is no test set",
            folder + "/train: left out 1 as files of Windows: a/Thumbs.db"),
        format.training(files, folder, Reading.of(1)).open(files).leftOut());
  }

  @Test
  void aTestSetAloneIsRefused() throws IOException {
    images.write("test/a/1.png", 1);
    assertRefused("it holds test");
    images.write("val/a/1.png", 1);
    assertRefused("it holds test, val");
  }

  @Test
  void aWrongLevelIsTold() throws IOException {
    assertRefused("it holds nothing");
    images.write("flowers/train/a/1.png", 1);
    assertRefused("it holds flowers; is " + folder + "/flowers meant?");
    String above = folder;
    folder += "/flowers/train";
    assertRefused("it holds a; is " + above + "/flowers meant?");
  }

  private void assertRefused(String end) {
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> format.training(files, folder, Reading.of(1)));
    assertEquals(
        folder
            + ": there is no folder train in it, with the images (JPEG, PNG, BMP, GIF, TIFF, WebP) as"
            + " train/<class>/<name>; "
            + end,
        e.getMessage());
    assertEquals(ConvoyException.Kind.DATA, e.kind());
  }

  private void assertLayout(String training, String test, String... notes) {
    assertEquals(
        new FolderLayout(
            folder + training,
            Optional.ofNullable(test).map(name -> folder + name),
            List.of(notes).stream().map(note -> folder + note).toList()),
        FolderLayout.of(files, folder));
  }
}
