package io.convoy.pack.job;

import static io.convoy.pack.job.PackSets.SMALL;
import static io.convoy.pack.job.PackSets.pack;
import static io.convoy.pack.job.PackSets.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.examine.DamageRule;
import io.convoy.data.reader.FolderDataSet;
import io.convoy.error.ConvoyException;
import io.convoy.pack.DrawnImages;
import io.convoy.pack.PackDataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Folders are packed by the rules by which data.format: folders reads them. */
@ExtendWith(PackSession.class)
final class PackFoldersTest {
  private static final String NFC = "caf\u00e9";
  private static final String NFD = "cafe\u0301";

  @TempDir Path temporary;
  private Path in;
  private Path out;
  private int drawn;

  @BeforeEach
  void start() throws IOException {
    in = Files.createDirectory(temporary.resolve("in"));
    out = temporary.resolve("out");
  }

  private void image(String... names) throws IOException {
    for (String name : names) {
      file(name, DrawnImages.png(drawn++, 3, 4));
    }
  }

  private void file(String name, byte[] bytes) throws IOException {
    Path file = in.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /** Path and label of each row. */
  private static TreeMap<String, Integer> rows(JavaSparkContext spark, Path set) {
    TreeMap<String, Integer> rows = new TreeMap<>();
    for (Row row :
        PackSession.sql(spark)
            .read()
            .schema("path string, label int") // else a job infers it
            .parquet(set.resolve("part-*.parquet").toString())
            .select("path", "label")
            .collectAsList()) {
      rows.put(row.getString(0), row.getInt(1));
    }
    return rows;
  }

  @Test
  void quirksAreThoseOfFolders(JavaSparkContext spark) throws IOException {
    image(
        "100% #1/[a-z]*.png",
        "100% #1/sub folder/{x,y}.PNG",
        "100% #1/c%20d.png",
        "100% #1/1:2.JPG",
        NFC + "/" + NFD + ".png",
        NFC + "/a/b/c.png",
        NFC + "/no ending?",
        NFC + "/new\nline.png",
        "日本語/1.jpg");
    for (String dropped :
        List.of(
            ".DS_Store",
            "@eaDir/1.png",
            "100% #1/__MACOSX/1.png",
            "100% #1/desktop.ini",
            "100% #1/._1.png",
            NFC + "/a/Thumbs.db",
            NFC + "/.ipynb_checkpoints/1.png",
            NFC + "/.hidden.png",
            NFC + "/1.psd",
            NFC + "/readme",
            ".convoy-examined.jsonl",
            NFC + "/.convoy-examined.jsonl",
            "list.txt",
            "beside.png")) {
      file(dropped, new byte[] {1, 2, 3});
    }
    Files.createSymbolicLink(in.resolve("日本語/linked"), in.resolve("100% #1/sub folder"));
    List<String> told = told(spark, in, out, SMALL);
    TreeMap<String, Integer> expected = new TreeMap<>();
    FolderDataSet folders = new FolderDataSet(in.toString(), 3);
    folders.images(new LocalFiles()).forEach(image -> expected.put(image.name(), image.label()));
    assertEquals(10, expected.size());
    assertEquals(2, expected.get("日本語/linked/{x,y}.PNG"));
    assertEquals(expected, rows(spark, out));
    try (SampleSource plain = folders.open(new LocalFiles());
        SampleSource packed = new PackDataSet(out.toString(), 3).open(new LocalFiles())) {
      assertEquals(
          plain.leftOut().stream().map(line -> line.replace(in + ": ", "")).toList(), told);
      assertEquals(plain.classes(), packed.classes());
    }
  }

  @Test
  void aLinkThatLeadsBackIsAnError(JavaSparkContext spark) throws IOException {
    image("a/1.png", "b/1.png");
    Files.createSymbolicLink(in.resolve("b/back"), in);
    refused(
        spark,
        "IN/b/back: this link leads back to IN, in which it lies, and so on without end: take the"
            + " link away");
  }

  private void refused(JavaSparkContext spark, String message) {
    refused(spark, SMALL, message);
  }

  private void refused(JavaSparkContext spark, PackOptions options, String message) {
    ConvoyException e = assertThrows(ConvoyException.class, () -> pack(spark, in, out, options));
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    assertEquals(
        message.replace("IN", in.toString()), e.getMessage().replace("file:" + in, in.toString()));
  }

  @Test
  void classesGoByNameBetweenTheSets(JavaSparkContext spark) throws IOException {
    image("training/" + NFC + "/1.png", "training/b/1.png", "training/c/1.png");
    image("Val/c/1.png", "Val/" + NFD + "/2.png");
    Files.createDirectories(in.resolve("Val/b"));
    pack(spark, in, out);
    assertEquals(
        new TreeMap<>(Map.of("c/1.png", 1, NFD + "/2.png", 2)), rows(spark, out.resolve("test")));
    image("Val/C/3.png");
    out = temporary.resolve("other");
    refused(
        spark,
        "IN/Val/C: the test set's classes must be the training set's, which are b, c, %s (is"
                .formatted(NFC)
            + " \"c\" meant?): rename the folder, or take it away");
  }

  @Test
  void everyClassNeedsAnImage(JavaSparkContext spark) throws IOException {
    image("a/1.png");
    file("b/notes.txt", new byte[1]);
    refused(
        spark,
        "IN/b: the class folder has no image; every class needs one: fill it, or take it away");
  }

  @Test
  void chosenClassesAreThoseOfFolders(JavaSparkContext spark) throws IOException {
    image("a/1.png", "b/1.png", "c/1.png", "c/2.png");
    PackOptions options = new PackOptions(7, 1 << 16, List.of("c", "a"), DamageRule.REFUSE);
    assertEquals(
        List.of(
            "left out 1 as of classes that data.classes (of convoy pack: --classes) does not list:"
                + " b"),
        told(spark, in, out, options));
    assertEquals(new TreeMap<>(Map.of("c/1.png", 0, "c/2.png", 0, "a/1.png", 1)), rows(spark, out));
    out = temporary.resolve("other");
    refused(
        spark,
        new PackOptions(7, 1 << 16, List.of("a", "d"), DamageRule.REFUSE),
        "IN: data.classes lists d, of which there is no folder: correct the list, or add the"
            + " folder; left out: b, c");
  }

  @Test
  void theFolderBelowIsMeant(JavaSparkContext spark) throws IOException {
    image("photos/a/1.png", "photos/b/1.png");
    refused(
        spark,
        "IN: its only folder is photos, which holds the folders a, b and no image: is IN/photos"
            + " meant? Classes are the folders of IN");
  }

  @Test
  void namesThatLookAlikeAreRefused(JavaSparkContext spark) throws IOException {
    image(NFC + "/1.png", NFD + "/1.png", "b/1.png");
    refused(
        spark,
        "IN: two classes have the same name, \"%s\": they differ only in how its accents are"
                .formatted(NFC)
            + " stored (Unicode NFC and NFD, as Linux and macOS write them): put their images into"
            + " one");
  }
}
