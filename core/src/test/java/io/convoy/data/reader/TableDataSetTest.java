package io.convoy.data.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.FileStore;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.folder.Classes;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of images and labels as people write them. */
class TableDataSetTest {
  private static final String NFC = "caf\u00e9";
  private static final String NFD = "cafe\u0301";

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

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void samplesGoByRow(String delimiter) throws IOException {
    write(
        "t.csv",
        "path,label\nimages/3.png,dog\nimages/1.png,cat\nimages/2.png,dog\n"
            .replace(",", delimiter));
    try (SampleSource source = open("t.csv")) {
      assertEquals(List.of("cat", "dog"), source.classes());
      assertEquals(List.of("dog:3", "cat:1", "dog:2"), ImageFolder.samples(source));
      assertEquals(List.of(), source.leftOut());
      assertEquals(folder + "/images/3.png", source.describe(0));
    }
  }

  @Test
  void jsonLinesAreTables() throws IOException {
    write(
        "t.jsonl",
        """
        {"label": "dog", "path": "images/3.png", "more": {"x": [1]}}

        {"path": "images/1.png", "label": "cat"}
        {"path": "images/2.png", "label": 7, "other": null}
        """);
    try (SampleSource source = open("t.jsonl")) {
      assertEquals(List.of("7", "cat", "dog"), source.classes());
      assertEquals(List.of("dog:3", "cat:1", "7:2"), ImageFolder.samples(source));
    }
    assertFails(
        "t.jsonl",
        "[{\"path\": \"images/1.png\"}]",
        ": line 1: each line of JSON lines is an object, such as {\"path\": \"a.jpg\", \"label\":"
            + " \"cat\"}: write one image a line");
    assertFails("t.jsonl", "\n\n", ": the table is empty: write a JSON object a line");
    assertFails(
        "t.jsonl",
        "{\"path\": \"images/1.png\", \"label\": 1}\n{\"path\": [1], \"label\": 1}\n"
            + "{\"path\": \"images/1.png\", \"label\": null}\n",
        ": 2 of its 3 rows cannot be used: mend them, or take them out: line 2: it has no"
            + " path; line 3: it has no label");
  }

  /** Quotes, line's ends of Windows, a mark of the byte order, blanks, blank lines. */
  @Test
  void csvIsReadAsProgramsWriteIt() throws IOException {
    images.write("images/a, \"b\".png", 9);
    images.write("images/two\nlines.png", 10);
    write(
        "t.csv",
        "\uFEFF\"Path\" , \"Label\",note\r\n"
            + "\"images/a, \"\"b\"\".png\",cat,\"x,y\"\r\n"
            + "\r\n"
            + "images/1.png , dog ,\r\n"
            + "\"images/two\nlines.png\",cat,\r\n"
            + "images/2.png,big dog,\"\"");
    try (SampleSource source = open("t.csv")) {
      assertEquals(List.of("cat:9", "dog:1", "cat:10", "big dog:2"), ImageFolder.samples(source));
    }
    assertFails("t.csv", "", ": the table is empty: write a header and rows");
    assertFails("t.csv", "path,label\n", ": the table has a header and no rows: add images");
    assertFails("t.csv", "path,label\n\"images/1.png,cat\n", ": it is no CSV (");
  }

  @Test
  void tabsMayStandAroundNothing() throws IOException {
    write("t.tsv", "note\tpath\tlabel\n\timages/1.png\tcat\n x\timages/2.png\tdog\n");
    try (SampleSource source = open("t.tsv")) {
      assertEquals(List.of("cat:1", "dog:2"), ImageFolder.samples(source));
    }
  }

  @Test
  void whatIsNoTextInUtf8IsToldByItsKind() throws IOException {
    images.put("t.csv", "path,label\ncaf\u00e9,1".getBytes(StandardCharsets.ISO_8859_1));
    assertFails(
        "t.csv",
        ": a table is text in UTF-8; this is in another character set, or no text: save it as CSV"
            + " in UTF-8");
    images.put("t.csv", "path,label\n".getBytes(StandardCharsets.UTF_16LE));
    assertFails("t.csv", ": a table is text in UTF-8; this is in another character set");
    images.put("t.csv", new byte[] {'P', 'K', 3, 4, 0, 0});
    assertFails(
        "t.csv",
        ": a table is text in UTF-8; this is a ZIP archive: unpack it: save it as CSV in UTF-8");
  }

  @Test
  void columnsHaveTheNamesThatPeopleUse() throws IOException {
    for (String path : List.of("File", "filename", "file_name", "IMAGE", "image_path")) {
      for (String label : List.of("class", "Category", "target", "LABEL")) {
        write("t.csv", "id,%s,%s\n7,cat,images/1.png\n".formatted(label, path));
        try (SampleSource source = open("t.csv")) {
          assertEquals(List.of("cat:1"), ImageFolder.samples(source), path + " " + label);
        }
      }
    }
    write("t.csv", "image,label,class,path\nx,cat,y,images/1.png\n");
    try (SampleSource source = open("t.csv")) {
      assertEquals(List.of("cat:1"), ImageFolder.samples(source), "path and label go first");
    }
    assertFails(
        "t.csv",
        "image,File,label\nx,y,z\n",
        ": the columns image and File may both be meant: name one by data.pathColumn");
    assertFails(
        "t.csv",
        "images/1.png,cat\nimages/2.png,dog\n",
        ": the first line names the columns, and one of them is path, file, filename, file_name,"
            + " filepath, file_path, image, image_path, img, img_path; it has images/1.png, cat:"
            + " name the one that is meant by data.pathColumn, or add a header");
  }

  @Test
  void aRecipeNamesColumns() throws IOException {
    write("t.csv", "path,label,Where,what\nx,y,images/1.png,cat\n");
    try (SampleSource source = set("t.csv", "where", "what", Classes.FOUND).open(files)) {
      assertEquals(List.of("cat:1"), ImageFolder.samples(source));
    }
    ConvoyException e =
        assertThrows(
            ConvoyException.class, () -> set("t.csv", null, "species", Classes.FOUND).open(files));
    assertEquals(
        folder
            + "/t.csv: the first line names the columns, and one of them is species; it has path,"
            + " label, Where, what: name the one that is meant by data.labelColumn, or add a header",
        e.getMessage());
  }

  @Test
  void rowsOfNoUseAreNamedAndCounted() throws IOException {
    StringBuilder text = new StringBuilder("path,label\n");
    text.append("images/1.png,cat\n"); // line 2
    text.append("images/2.png,\n");
    text.append(",cat\n");
    text.append("\n");
    text.append("images/none.png,cat\n"); // line 6
    text.append("nowhere/1.png,cat\n");
    text.append("images,cat\n");
    text.append("images/3.png,cat,dog\n");
    text.append("images\\3.png,cat\n");
    text.append("images/3.png,\" \"\n");
    assertFails(
        "t.csv",
        text.toString(),
        ": 8 of its 9 rows cannot be used: mend them, or take them out (between folders stands /,"
            + " not \\): line 3: it has no label; line 4: it has no path; line 6: there is no file"
            + " images/none.png; line 7: there is no file nowhere/1.png; line 8: there is no file"
            + " images; line 9: it has 3 values, the header 2: put quotes around a value that holds"
            + " the delimiter; line 10: there is no file images\\3.png; line 11: it has no label");
    text.append("x,cat\n".repeat(25));
    assertFails("t.csv", text.toString(), ": 33 of its 34 rows cannot be used");
    ConvoyException e = assertThrows(ConvoyException.class, () -> open("t.csv"));
    assertTrue(e.getMessage().endsWith("line 13: there is no file x; and 23 more"), e.getMessage());
  }

  @Test
  void pathsMayBeAbsoluteOrLeadUp() throws IOException {
    ImageFolder tables = new ImageFolder(Files.createDirectory(folder.resolve("tables")));
    tables.write("a/5.png", 5);
    tables.write("a b#%41:[c].png", 6);
    tables.put(
        "t.csv",
        ("path,label\n../images/1.png,x\n./a/5.png,x\n%s/images/2.png,x\n%s/tables/a/5.png,x\n"
                + "a b#%%41:[c].png,x\n")
            .formatted(folder, folder)
            .getBytes(StandardCharsets.UTF_8));
    try (SampleSource source = open("tables/t.csv")) {
      assertEquals(List.of("x:1", "x:5", "x:2", "x:5", "x:6"), ImageFolder.samples(source));
      assertEquals(
          List.of(folder + "/tables/t.csv: more than one row names a/5.png"), source.leftOut());
    }
  }

  @Test
  void namesAreFoundWhateverTheFormOfTheirAccents() throws IOException {
    images.write(NFD + "/" + NFD + ".png", 5);
    write("t.csv", "path,label\n%s/%s.png,%s\n".formatted(NFD, NFC, NFC));
    write("u.csv", "path,label\n%s/%s.png,%s\n".formatted(NFD, NFD, NFD));
    List<String> classes;
    try (SampleSource source = open("t.csv")) {
      assertEquals(List.of(NFC + ":5"), ImageFolder.samples(source));
      classes = source.classes();
    }
    TableDataSet other = set("u.csv", null, null, Classes.FOUND).labelledAs(classes);
    try (SampleSource source = other.open(files)) {
      assertEquals(List.of(NFC + ":5"), ImageFolder.samples(source));
    }
    assertFails(
        "t.csv",
        "path,label\nimages/1.png,%s\nimages/2.png,%s\n".formatted(NFC, NFD),
        ": two classes have the same name, \"" + NFC + "\"");
  }

  @Test
  void whatStandsTwiceIsTold() throws IOException {
    write(
        "t.csv", "path,label\nimages/1.png,a\nimages/2.png,a\nimages/1.png,a\n./images/2.png,b\n");
    try (SampleSource source = open("t.csv")) {
      assertEquals(4, source.size());
      String table = folder + "/t.csv: ";
      assertEquals(
          List.of(
              table + "more than one row names images/1.png, images/2.png",
              table + "rows with different labels name images/2.png"),
          source.leftOut());
    }
  }

  @Test
  void theFingerprintSeesRowsAndBytesAndTheVersionTimes() throws IOException {
    write("t.csv", "path,label\nimages/1.png,a\nimages/2.png,b\n");
    String first = fingerprint();
    String version = set("t.csv", null, null, Classes.FOUND).version(files);
    assertEquals(first, fingerprint());
    write("t.csv", "label,path\na,./images/1.png\nb,%s/images/2.png\n".formatted(folder));
    assertEquals(first, fingerprint(), "the same images under the same names");
    write("t.csv", "path,label\nimages/2.png,b\nimages/1.png,a\n");
    assertNotEquals(first, fingerprint());
    write("t.csv", "path,label\nimages/1.png,a\nimages/2.png,b\n");
    images.put("images/2.png", new byte[3]);
    assertNotEquals(version, set("t.csv", null, null, Classes.FOUND).version(files));
  }

  private String fingerprint() {
    try (SampleSource source = open("t.csv")) {
      return source.fingerprint();
    }
  }

  private SampleSource open(String table) {
    return set(table, null, null, Classes.FOUND).open(files);
  }

  private TableDataSet set(String table, String pathColumn, String labelColumn, Classes classes) {
    String path = folder + "/" + table;
    String above = path.substring(0, path.lastIndexOf('/'));
    return new TableDataSet(
        path,
        null,
        pathColumn,
        labelColumn,
        null,
        new FolderDataSet(above, 1, 0, 0, false, classes, List.of()));
  }

  private void write(String name, String text) throws IOException {
    images.put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void assertFails(String table, String text, String message) throws IOException {
    write(table, text);
    assertFails(table, message);
  }

  private void assertFails(String table, String message) {
    ConvoyException e = assertThrows(ConvoyException.class, () -> open(table));
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    assertTrue(e.getMessage().startsWith(folder + "/" + table + message), e.getMessage());
  }
}
