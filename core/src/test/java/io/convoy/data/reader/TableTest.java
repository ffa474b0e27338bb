package io.convoy.data.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tables, and which of their rows, are the training set and the test set. */
class TableTest {
  private static final Reading READING = Reading.of(1);

  @TempDir Path temporary;
  private final FileStore files = new LocalFiles();
  private final DataFormat format = new Table();
  private ImageFolder images;
  private String folder;

  @BeforeEach
  void draw() throws IOException {
    images = new ImageFolder(Files.createDirectory(temporary.resolve("data")));
    folder = images.path().toString();
    for (int i = 1; i <= 4; i++) {
      images.write(i + ".png", i);
    }
  }

  @Test
  void twoTables() throws IOException {
    write("train.csv", "path,label\n1.png,a\n2.png,b\n");
    write("test.csv", "path,label\n3.png,a\n");
    assertSets("a:1 b:2", "a:3");
    assertTrue(format.isIn(files, folder));
    format.requireFiles(files, folder);
    assertEquals(3 * 12, format.memory(files, folder, READING, Shape.of(3, 4, 1)));
    write("val.csv", "path,label\n4.png,a\n");
    assertSets("a:1 b:2", "a:3", ": left out 1 as beside train.csv and test.csv: val.csv");
  }

  @Test
  void valStandsForTest() throws IOException {
    write("train.csv", "path,label\n1.png,a\n2.png,b\n");
    write("Validation.jsonl", "{\"path\": \"3.png\", \"label\": \"a\"}");
    assertSets("a:1 b:2", "a:3", ": Validation.jsonl is taken for the test set");
  }

  @Test
  void aColumnDividesOneTable() throws IOException {
    write(
        "all.csv",
        "path,label,split\n1.png,a,train\n3.png,a,Test\n2.png,b,TRAINING\n4.png,a,val\n");
    assertSets(
        "a:1 b:2", "a:3", "/all.csv: left out 1 rows of the split val, since there is a test set");
    write("all.csv", "path,label,split\n1.png,a,train\n3.png,a,valid\n2.png,b,train\n");
    assertSets("a:1 b:2", "a:3", "/all.csv: its rows of the split val are taken for the test set");
  }

  @Test
  void aTableMayBeNamed() throws IOException {
    write("all.csv", "path,label,split\n1.png,a,train\n3.png,a,test\n");
    write("other.csv", "path,label\n1.png,a\n");
    String above = folder;
    folder = above + "/all.csv";
    assertEquals(
        List.of("a:1"), ImageFolder.samples(format.training(files, folder, READING).open(files)));
    folder = above;
    assertRefused(
        ": there is no train.csv (or .tsv, .jsonl, .parquet) in it, but all.csv, other.csv: call one so, or"
            + " name the one that holds all images by data.path");
  }

  @Test
  void aTestSetMayBeMissing() throws IOException {
    write("labels.csv", "path,label\n1.png,a\n2.png,b\n");
    assertSets("a:1 b:2", null, "/labels.csv: there is no test set beside it and none in it");
    write("labels.csv", "path,label,split\n1.png,a,train\n2.png,b,train\n");
    assertSets("a:1 b:2", null, "/labels.csv: there is no test set beside it and none in it");
    write("labels.csv", "path,label,split\n1.png,a,test\n");
    assertRefused("/labels.csv: no row is of the split train: write train into its column split");
  }

  @Test
  void aRowSaysItsSplit() throws IOException {
    write("labels.csv", "path,label,split\n1.png,a,train\n2.png,b,\n3.png,b,trian\n4.png,a,test\n");
    for (DataSet set :
        List.of(
            format.training(files, folder, READING),
            format.test(files, folder, READING).orElseThrow())) {
      ConvoyException e = assertThrows(ConvoyException.class, () -> set.open(files));
      assertEquals(
          folder
              + "/labels.csv: 2 of its 3 rows cannot be used: mend them, or take them out: line 3:"
              + " split is train, test or val; it has \"\"; line 4: split is train, test or val; it"
              + " has \"trian\"",
          e.getMessage());
    }
  }

  @Test
  void whatIsNoTableIsTold() throws IOException {
    assertFalse(format.isIn(files, folder));
    assertRefused(
        ": there is no train.csv (or .tsv, .jsonl, .parquet) in it, which names images and their labels; it"
            + " holds 1.png, 2.png, 3.png, 4.png");
    write("train.csv", "path,label\n1.png,a\n");
    write("train.jsonl", "{}");
    assertRefused(": train.csv and train.jsonl may both be meant: take one away");
  }

  @Test
  void listedClassesHoldForBothSets() throws IOException {
    write("train.csv", "path,label\n1.png,a\n2.png,b\n3.png,c\n");
    write("test.csv", "path,label\n3.png,a\n4.png,b\n");
    Reading chosen = new Reading(1, List.of("c", "a"), null, null, null);
    try (SampleSource training = format.training(files, folder, chosen).open(files);
        SampleSource test = format.test(files, folder, chosen).orElseThrow().open(files)) {
      assertEquals(List.of("c", "a"), training.classes());
      assertEquals(List.of("a:1", "c:3"), ImageFolder.samples(training));
      assertEquals(List.of("c", "a"), test.classes());
      assertEquals(List.of("a:3"), ImageFolder.samples(test));
      test.requireComparableTo(training);
    }
  }

  private void assertSets(String training, String test, String... notes) {
    List<String> classes;
    try (SampleSource source = format.training(files, folder, READING).open(files)) {
      assertEquals(List.of(training.split(" ")), ImageFolder.samples(source));
      assertEquals(List.of(notes).stream().map(note -> folder + note).toList(), source.leftOut());
      classes = source.classes();
    }
    Optional<DataSet> found = format.test(files, folder, READING);
    assertEquals(test != null, found.isPresent());
    if (test != null) {
      try (SampleSource source = found.get().labelledAs(classes).open(files)) {
        assertEquals(List.of(test.split(" ")), ImageFolder.samples(source));
      }
    }
  }

  private void assertRefused(String message) {
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> format.training(files, folder, READING));
    assertEquals(folder + message, e.getMessage());
    assertEquals(ConvoyException.Kind.DATA, e.kind());
  }

  private void write(String name, String text) throws IOException {
    images.put(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
