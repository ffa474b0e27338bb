package io.convoy.data.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.data.FileStore;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.folder.Classes;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which classes the labels of a table stand for. */
class TableLabelsTest {
  @TempDir Path folder;
  private final FileStore files = new LocalFiles();
  private ImageFolder images;

  @BeforeEach
  void draw() throws IOException {
    images = new ImageFolder(folder);
    for (int i = 1; i <= 4; i++) {
      images.write("images/%s.png".formatted(i), i);
    }
  }

  @Test
  void wholeNumbersGoByTheirValue() throws IOException {
    write("path,label\nimages/1.png,10\nimages/2.png,9.0\nimages/3.png,-1\nimages/4.png,9\n");
    try (SampleSource source = set(Classes.FOUND).open(files)) {
      assertEquals(List.of("-1", "9", "10"), source.classes());
      assertEquals(List.of("10:1", "9:2", "-1:3", "9:4"), ImageFolder.samples(source));
    }
    write("path,label\nimages/1.png,01\nimages/2.png,1\n");
    assertRefused(Classes.FOUND, ": the labels 01 and 1 are the same number: write it in one way");
    write("path,label\nimages/1.png,10\nimages/2.png,9\nimages/3.png,x\n");
    try (SampleSource source = set(Classes.FOUND).open(files)) {
      assertEquals(List.of("10", "9", "x"), source.classes(), "as text");
    }
  }

  @Test
  void aTestTableMayLackClassesButHasNoOthers() throws IOException {
    write("path,label\nimages/1.png,dog\n");
    TableDataSet test = set(Classes.FOUND).labelledAs(List.of("cat", "dog"));
    try (SampleSource source = test.open(files)) {
      assertEquals(List.of("dog:1"), ImageFolder.samples(source));
      assertEquals(1, source.label(0));
    }
    write("path,label\nimages/1.png,Dog\nimages/2.png,eel\n");
    ConvoyException e = assertThrows(ConvoyException.class, () -> test.open(files));
    assertEquals(
        folder
            + "/t.csv: 2 of its 2 rows cannot be used: mend them, or take them out: line 2: class"
            + " \"Dog\" (is \"dog\" meant?), which the training set lacks; line 3: class \"eel\","
            + " which the training set lacks",
        e.getMessage());
  }

  @Test
  void listedClassesGiveNamesAndOrder() throws IOException {
    write("path,label\nimages/1.png,ant\nimages/2.png,bee\nimages/3.png,cat\nimages/4.png,bee\n");
    Classes chosen = Classes.chosen(List.of("cat", "ant"), false);
    try (SampleSource source = set(chosen).open(files)) {
      assertEquals(List.of("cat", "ant"), source.classes());
      assertEquals(List.of("ant:1", "cat:3"), ImageFolder.samples(source));
      assertEquals(
          List.of(
              folder + "/t.csv: left out 2 rows of classes that data.classes does not list: bee"),
          source.leftOut());
    }
    assertRefused(
        Classes.chosen(List.of("cat", "eel"), false),
        ": data.classes lists eel, of which there is no row: correct the list, or add rows; left"
            + " out: ant, bee");
    assertRefused(
        Classes.chosen(List.of("eel"), true),
        ": no row is of a class that data.classes lists: correct the list; the labels are ant, bee,"
            + " cat");
  }

  @Test
  void numbersCountTheListedClasses() throws IOException {
    write("path,label\nimages/1.png,1\nimages/2.png,0.0\nimages/3.png,2\n");
    Classes chosen = Classes.chosen(List.of("cat", "ant"), false);
    try (SampleSource source = set(chosen).open(files)) {
      assertEquals(List.of("ant:1", "cat:2"), ImageFolder.samples(source));
    }
    Classes numbers = Classes.chosen(List.of("2", "1"), false);
    try (SampleSource source = set(numbers).open(files)) {
      assertEquals(List.of("1:1", "2:3"), ImageFolder.samples(source), "they are names here");
    }
  }

  private void assertRefused(Classes classes, String message) {
    TableDataSet set = set(classes);
    ConvoyException e = assertThrows(ConvoyException.class, () -> set.open(files));
    assertEquals(folder + "/t.csv" + message, e.getMessage());
  }

  private TableDataSet set(Classes classes) {
    FolderDataSet read = new FolderDataSet(folder.toString(), 1, 0, 0, false, classes, List.of());
    return new TableDataSet(folder + "/t.csv", null, read);
  }

  private void write(String text) throws IOException {
    images.put("t.csv", text.getBytes(StandardCharsets.UTF_8));
  }
}
