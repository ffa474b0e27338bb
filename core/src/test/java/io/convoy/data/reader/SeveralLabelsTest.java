package io.convoy.data.reader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataSet;
import io.convoy.data.FileDigests;
import io.convoy.data.FileStore;
import io.convoy.data.LocalFiles;
import io.convoy.data.PackedOrder;
import io.convoy.data.ReadImages;
import io.convoy.data.SampleSource;
import io.convoy.data.SampleWindow;
import io.convoy.digest.Sha256;
import io.convoy.error.ConvoyException;
import io.convoy.targets.LabelMix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables whose images have several labels, or none. */
class SeveralLabelsTest {
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

  /** The samples as {@code labels:grey}. */
  private static List<String> samples(SampleSource source) {
    List<String> samples = new ArrayList<>();
    for (int i = 0; i < source.size(); i++) {
      List<String> names =
          Arrays.stream(source.labels(i)).mapToObj(label -> source.classes().get(label)).toList();
      try (SampleWindow window = source.open(new int[] {i})) {
        assertEquals(LabelMix.ofLabels(source.labels(i)), window.target(i));
      }
      samples.add(String.join("+", names) + ":" + (ReadImages.bytes(source, i)[0] & 0xFF));
    }
    return samples;
  }

  @ParameterizedTest
  @CsvSource({"';'", "'|'", "' | '", "' '", "'; '", "'::'"})
  void aDelimiterStandsBetweenLabels(String delimiter) throws IOException {
    write(
        "t.csv",
        "\uFEFFpath,labels\r\nimages/3.png,dog;cat\r\nimages/1.png, \r\nimages/2.png,cat\r\n"
                .replace(";", delimiter)
            + "images/4.png,\r\n");
    try (SampleSource source = open("t.csv", delimiter)) {
      assertTrue(source.severalLabels());
      assertEquals(List.of("cat", "dog"), source.classes());
      assertEquals(List.of("cat+dog:3", ":1", "cat:2", ":4"), samples(source));
      assertArrayEquals(new boolean[] {true, true}, source.labelsInUse());
      assertEquals("; label 1 (\"dog\") is that of " + folder + "/images/3.png", firstFrom(source));
      assertThrows(ConvoyException.class, () -> source.label(2)); // one label is a set, too
    }
  }

  private static String firstFrom(SampleSource source) {
    return source.firstLabelFrom(1);
  }

  @Test
  void blanksAreOneDelimiter() throws IOException {
    write("t.tsv", "image\ttags\nimages/1.png\t b   a \nimages/2.png\tb\n");
    try (SampleSource source = open("t.tsv", " ")) {
      assertEquals(List.of("a+b:1", "b:2"), samples(source));
    }
  }

  @Test
  void listsNeedNone() throws IOException {
    write(
        "t.jsonl",
        """
        {"path": "images/3.png", "labels": ["dog", "cat"]}
        {"path": "images/1.png", "labels": []}
        {"path": "images/2.png", "labels": [7]}
        """);
    try (SampleSource source = open("t.jsonl", null)) {
      assertEquals(List.of("7", "cat", "dog"), source.classes());
      assertEquals(List.of("cat+dog:3", ":1", "7:2"), samples(source));
    }
    assertFails(
        "t.jsonl",
        ";",
        ": its column labels holds lists, whose labels need nothing between them: take"
            + " data.labelDelimiter away");
    write(
        "t.jsonl",
        """
        {"path": "images/3.png", "labels": ["dog"]}
        {"path": "images/1.png", "labels": "cat"}
        {"path": "images/2.png", "labels": [null]}
        {"path": "images/4.png", "labels": [" "]}
        """);
    assertFails(
        "t.jsonl",
        null,
        ": 3 of its 4 rows cannot be used: mend them, or take them out: line 2: it has no list of"
            + " labels: write [] where there is none; line 3: labels are text or numbers; its list"
            + " has null; line 4: labels are text or numbers; its list has \" \"");
  }

  @Test
  void numbersAreLabelsToo() throws IOException {
    write("t.csv", "path,label\nimages/1.png,10;9\nimages/2.png,9;2.0\nimages/3.png,\n");
    try (SampleSource source = open("t.csv", ";")) {
      assertEquals(List.of("2", "9", "10"), source.classes());
      assertEquals(List.of("9+10:1", "2+9:2", ":3"), samples(source));
    }
  }

  @Test
  void rowsOfNoUseAreNamed() throws IOException {
    write(
        "t.csv",
        """
        path,labels
        images/1.png,a;b
        images/5.png,a
        images/2.png,a;;b
        images/3.png,b;a;b
        images/1.png,b
        images/4.png,a,b
        ,a
        images/2.png,;
        """);
    assertFails(
        "t.csv",
        ";",
        ": 7 of its 8 rows cannot be used: mend them, or take them out: line 3: there is no file"
            + " images/5.png; line 4: before or behind a \";\" stands no label; line 5: it has the"
            + " label \"b\" twice; line 6: its image stands in line 2: write all its labels there;"
            + " line 7: it has 3 values, the header 2: put quotes around a value that holds the"
            + " delimiter; line 8: it has no path; line 9: before or behind a \";\" stands no"
            + " label");
  }

  @Test
  void somebodySaysThatLabelsAreSeveral() throws IOException {
    write("t.csv", "path,tags\nimages/1.png,a;b\nimages/2.png,b\n");
    assertFails(
        "t.csv",
        null,
        ": the column tags may hold several labels an image: say what stands between them by"
            + " data.labelDelimiter, or name the column by data.labelColumn where each image has"
            + " one");
    Reading named = new Reading(1, List.of(), null, "tags", null);
    try (SampleSource source = training("t.csv", named).open(files)) {
      assertEquals(List.of("a;b", "b"), source.classes());
    }
  }

  @Test
  void somebodyHasALabel() throws IOException {
    write("t.csv", "path,labels\nimages/1.png,\n");
    assertFails("t.csv", ";", ": no row has a label: write some, or name another column");
  }

  @Test
  void textIsUtf8() throws IOException {
    images.put(
        "t.csv", "path,labels\nimages/1.png,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertFails(
        "t.csv",
        ";",
        ": a table is text in UTF-8; this is in another character set, or no text: save it as CSV in"
            + " UTF-8");
  }

  /** One line of ten million characters, a label in every other one. */
  @Test
  void aGiganticLineIsToldShortly() throws IOException {
    write("t.csv", "path,labels\nimages/1.png," + "a;".repeat(5_000_000) + "a\n");
    ConvoyException e = assertThrows(ConvoyException.class, () -> open("t.csv", ";"));
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    assertTrue(
        e.getMessage()
            .endsWith(
                ": 1 of its 1 rows cannot be used: mend them, or take them out: line 2: it has"
                    + " the label \"a\" twice"),
        e.getMessage().length() + " characters");
  }

  @Test
  void theRecipeMayListTheClasses() throws IOException {
    write(
        "t.csv",
        "path,labels\nimages/1.png,c;a\nimages/2.png,b\nimages/3.png,c;b\nimages/4.png,\n");
    Reading reading = new Reading(1, List.of("c", "a"), null, null, ";");
    try (SampleSource source = training("t.csv", reading).open(files)) {
      assertEquals(List.of("c", "a"), source.classes());
      // of none of the listed classes is a sample, too
      assertEquals(List.of("c+a:1", ":2", "c:3", ":4"), samples(source));
      assertTrue(
          source
              .leftOut()
              .contains(
                  folder
                      + "/t.csv: left out 2 labels of classes that data.classes does not list: b"),
          source.leftOut().toString());
    }
    Reading missing = new Reading(1, List.of("c", "d"), null, null, ";");
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> training("t.csv", missing).open(files));
    assertEquals(
        folder
            + "/t.csv: data.classes lists d, of which there is no row: correct the list, or add"
            + " rows; left out: a, b",
        e.getMessage());
  }

  @Test
  void aTestSetHasTheTrainingSetsLabels() throws IOException {
    write("train.csv", "path,labels\nimages/1.png,b;a\nimages/2.png,c\n");
    write("test.csv", "path,labels\nimages/3.png,c;b\nimages/4.png,\n");
    Reading reading = new Reading(1, List.of(), null, null, ";");
    DataSet test = new Table().test(files, folder.toString(), reading).orElseThrow();
    try (SampleSource source = test.labelledAs(List.of("a", "b", "c")).open(files)) {
      assertEquals(List.of("b+c:3", ":4"), samples(source));
    }
    write("single.csv", "path,label\nimages/3.png,a\nimages/4.png,b\nimages/2.png,c\n");
    try (SampleSource several = training("train.csv", reading).open(files);
        SampleSource single = training("single.csv", Reading.of(1)).open(files)) {
      ConvoyException e =
          assertThrows(ConvoyException.class, () -> single.requireComparableTo(several));
      assertEquals(
          "the test set's images must have labels as the training set's have: there each may have"
              + " several, here each has one: write both sets alike",
          e.getMessage());
    }
    DataSet other = test.labelledAs(List.of("a", "b"));
    ConvoyException e = assertThrows(ConvoyException.class, () -> other.open(files));
    assertTrue(
        e.getMessage().endsWith("line 2: class \"c\", which the training set lacks"),
        e.getMessage());
  }

  @Test
  void theFingerprintIsOfTheLabels() throws IOException {
    List<String> found = new ArrayList<>();
    for (String rows :
        List.of(
            "images/1.png,a;b\nimages/2.png,b\n", // the next three say the same
            "images/1.png,b;a\nimages/2.png,b\n",
            "images/1.png, a ; b \nimages/2.png,b\n\n",
            "./images/1.png,a;b\nimages/2.png,b\n",
            "images/1.png,a\nimages/2.png,b\n",
            "images/1.png,a;b\nimages/2.png,\n")) {
      write("t.csv", "path,labels\n" + rows);
      try (SampleSource source = open("t.csv", ";")) {
        found.add(source.fingerprint());
      }
    }
    assertEquals(1, found.subList(0, 4).stream().distinct().count(), found.toString());
    assertEquals(3, found.stream().distinct().count(), found.toString());
    write("t.csv", "path,label\nimages/1.png,a\nimages/2.png,b\n");
    try (SampleSource single = open("t.csv", null)) {
      assertFalse(single.severalLabels());
      assertNotEquals(found.get(4), single.fingerprint()); // a class, or a set of one
    }
  }

  @Test
  void damagedImagesAreLeftOut() throws IOException {
    write(
        "t.csv", "path,labels\nimages/1.png,a;b\nimages/2.png,b\nimages/3.png,\nimages/4.png,a\n");
    FolderDataSet any = new FolderDataSet(folder.toString(), 1);
    TableDataSet set = new TableDataSet(folder + "/t.csv", null, null, null, ";", any);
    byte[] digests = new byte[4 * FileDigests.LENGTH];
    for (int i : new int[] {0, 2}) { // those of the others say nothing: they are left out
      byte[] digest = Sha256.digest().digest(ImageFolder.png(i + 1));
      System.arraycopy(digest, 0, digests, i * FileDigests.LENGTH, FileDigests.LENGTH);
    }
    try (SampleSource source = set.open(files, new FileDigests(digests))) {
      assertEquals(List.of("a+b:1", ":3"), samples(source));
    }
    ConvoyException e =
        assertThrows(
            ConvoyException.class, () -> set.open(files, new FileDigests(withOnly(digests, 2))));
    assertTrue(
        e.getMessage().contains("there is no image of a, b that is not damaged"), e.getMessage());
  }

  private static byte[] withOnly(byte[] digests, int kept) {
    byte[] only = new byte[digests.length];
    int at = kept * FileDigests.LENGTH;
    System.arraycopy(digests, at, only, at, FileDigests.LENGTH);
    return only;
  }

  @Test
  void theOrderOfAPackKeepsLabelsWithTheirImages() throws IOException {
    write(
        "t.csv", "path,labels\nimages/1.png,b\nimages/2.png,\nimages/3.png,a\nimages/4.png,b;a\n");
    FolderDataSet any = new FolderDataSet(folder.toString(), 1).inOrderOf(PackedOrder.USUAL);
    TableDataSet set = new TableDataSet(folder + "/t.csv", null, null, null, ";", any);
    try (SampleSource source = set.open(files)) {
      List<String> found = new ArrayList<>(samples(source));
      assertNotEquals(List.of("b:1", ":2", "a:3", "a+b:4"), found);
      found.sort(null);
      assertEquals(List.of(":2", "a+b:4", "a:3", "b:1"), found);
    }
  }

  @Test
  void aDelimiterIsNoPartOfALabel() {
    for (String wrong : List.of("", "a", "1", "\"", "\n", ";;;;;;;;;")) {
      ConvoyException e =
          assertThrows(
              ConvoyException.class,
              () -> LabelCells.requireDelimiter(wrong, "data.labelDelimiter"));
      assertEquals(
          "data.labelDelimiter must be what stands between the labels of an image, such as \";\": 1 to"
              + " 8 characters without letters, digits, quotes or line ends; got \""
              + wrong
              + "\"",
          e.getMessage());
    }
  }

  private DataSet training(String table, Reading reading) {
    return new Table().training(files, folder + "/" + table, reading);
  }

  private SampleSource open(String table, String delimiter) {
    return training(table, new Reading(1, List.of(), null, null, delimiter)).open(files);
  }

  private void write(String name, String text) throws IOException {
    Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  private void assertFails(String table, String delimiter, String message) {
    ConvoyException e = assertThrows(ConvoyException.class, () -> open(table, delimiter));
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    assertEquals(folder + "/" + table + message, e.getMessage());
  }
}
