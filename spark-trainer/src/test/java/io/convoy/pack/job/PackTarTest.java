package io.convoy.pack.job;

import static io.convoy.pack.job.PackSets.CLASSES;
import static io.convoy.pack.job.PackSets.SMALL;
import static io.convoy.pack.job.PackSets.bytes;
import static io.convoy.pack.job.PackSets.draw;
import static io.convoy.pack.job.PackSets.pack;
import static io.convoy.pack.job.PackSets.tar;
import static io.convoy.pack.job.PackSets.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.folder.Classes;
import io.convoy.error.ConvoyException;
import io.convoy.pack.DrawnImages;
import io.convoy.pack.PackDataSet;
import io.convoy.storage.HadoopFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tar files are packed as the folders that they were made of. */
@ExtendWith(PackSession.class)
final class PackTarTest {
  private static final List<String> DROPPINGS =
      List.of(
          ".DS_Store",
          "plum/._1.png",
          "plum/Thumbs.db",
          "apple/deep/@eaDir/1.png",
          "apple/deep/@eaDir/2.png",
          "apple/.convoy-examined.jsonl",
          "apple/notes.txt",
          "apple/photo.heic",
          "apple/no image",
          "apple/1.png.part",
          "__MACOSX/apple/._1.png",
          "__MACOSX/apple/._2.png");

  @TempDir Path folder;

  /** Images with names of all kinds, and what systems drop among them. */
  private TreeMap<String, byte[]> set(Path in) throws IOException {
    TreeMap<String, byte[]> files = draw(in, 100, false);
    files.put("apple/deep/er/100% #1 [x]: y.PNG", DrawnImages.png(200, 9, 8));
    files.put("apple/no ending", DrawnImages.png(201, 8, 9));
    files.put("apple/of an unknown.ending", DrawnImages.png(202, 8, 8));
    files.put("apple/" + "long".repeat(40) + ".png", DrawnImages.png(203, 7, 9));
    files.put("plum/cafe\u0301.png", DrawnImages.png(204, 7, 9));
    DROPPINGS.forEach(name -> files.put(name, new byte[3]));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = in.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    return files;
  }

  @Test
  void aTarFileIsPackedAsItsFolder(JavaSparkContext spark) throws IOException {
    TreeMap<String, byte[]> files = set(folder.resolve("in"));
    List<String> told = told(spark, folder.resolve("in"), folder.resolve("out"), SMALL);
    assertEquals(
        List.of(
            "left out 3 as files of macOS: .DS_Store, __MACOSX, plum/._1.png",
            "left out 1 as files of Windows: plum/Thumbs.db",
            "left out 1 as files of a network disk: apple/deep/@eaDir",
            "left out 1 as unfinished or backup copies: apple/1.png.part",
            "left out 2 as no images: apple/no image, apple/notes.txt",
            "left out 1 as images of a kind that Convoy does not read (convert them):"
                + " apple/photo.heic"),
        told);
    Map<String, String> expected = bytes(folder.resolve("out"));
    assertTrue(expected.containsKey("labels.bin"));
    Map<String, String> aboveOf =
        Map.of(
            "1.tar", "",
            "2.TAR", "./",
            "3.tar.gz", "imagenette2/",
            "4.tgz", "/",
            "5.tar", "imagenette2/train/",
            "6.tar", "./a/b/c/");
    for (Map.Entry<String, String> one : aboveOf.entrySet()) {
      Path tar = folder.resolve(one.getKey());
      tar(tar, one.getValue(), files);
      Path out = folder.resolve("out of " + one.getKey());
      List<String> toldOfTar = told(spark, tar, out, SMALL);
      assertEquals(expected, bytes(out), one.getKey());
      String above = one.getValue().replaceAll("^(\\./|/)", "");
      assertEquals(
          sorted(told), sorted(toldOfTar.stream().map(t -> t.replace(above, "")).toList()));
    }
  }

  /** The first names follow the order of the listing, which is another. */
  private static List<List<String>> sorted(List<String> told) {
    return told.stream()
        .map(line -> List.of(line.split("[:,] ")).stream().sorted().toList())
        .toList();
  }

  @Test
  void aTarFileOfBothSetsIsPackedAsItsFolder(JavaSparkContext spark) throws IOException {
    TreeMap<String, byte[]> files = new TreeMap<>();
    draw(folder.resolve("in/train"), 100, false).forEach((n, b) -> files.put("train/" + n, b));
    draw(folder.resolve("in/val"), 20, false).forEach((n, b) -> files.put("val/" + n, b));
    files.put("noise.csv", new byte[5]);
    pack(spark, folder.resolve("in"), folder.resolve("out"));
    for (String name : List.of("both.tar", "both.tar.gz")) {
      tar(folder.resolve(name), "imagenette2/", files);
      pack(spark, folder.resolve(name), folder.resolve(name + "-out"));
      for (String set : List.of("train", "test")) {
        assertEquals(
            bytes(folder.resolve("out").resolve(set)),
            bytes(folder.resolve(name + "-out").resolve(set)));
      }
    }
  }

  @Test
  void aTarFileASet(JavaSparkContext spark) throws IOException {
    TreeMap<String, byte[]> images = draw(folder.resolve("in"), 100, false);
    pack(spark, folder.resolve("in"), folder.resolve("out"));
    Path tars = Files.createDirectory(folder.resolve("tars"));
    tar(tars.resolve("train.tar"), "", images);
    Files.write(tars.resolve("._train.tar"), new byte[3]);
    tar(tars.resolve("VAL.tar.gz"), "./some/where/", new TreeMap<>(images.headMap("plum")));
    pack(spark, tars, folder.resolve("packed"));
    assertEquals(bytes(folder.resolve("out")), bytes(folder.resolve("packed/train")));
    try (SampleSource test =
        new PackDataSet(folder.resolve("packed/test").toString(), 3).open(new LocalFiles())) {
      assertEquals(67, test.size());
      assertEquals(CLASSES, test.classes(), "those of the training set");
      Set<Integer> labels =
          IntStream.range(0, 67).mapToObj(test::label).collect(Collectors.toSet());
      assertEquals(Set.of(0, 1), labels);
    }
  }

  /** As ImageNet is published. */
  @Test
  void aTarFileAClass(JavaSparkContext spark) throws IOException {
    TreeMap<String, byte[]> images = draw(folder.resolve("in"), 100, false);
    pack(spark, folder.resolve("in"), folder.resolve("out"));
    Path tars = Files.createDirectory(folder.resolve("tars"));
    for (String name : CLASSES) {
      TreeMap<String, byte[]> plain = new TreeMap<>();
      images.forEach(
          (path, bytes) -> {
            if (path.startsWith(name + "/")) {
              plain.put(path.substring(name.length() + 1), bytes);
            }
          });
      tar(tars.resolve(name + ".tar"), "", plain);
    }
    Files.write(tars.resolve("SHA256SUMS"), new byte[3]);
    Files.write(tars.resolve("._plum.tar"), new byte[3]);
    assertEquals(
        List.of(
            "left out 1 as files of macOS: ._plum.tar",
            "left out 1 as beside the tar files: SHA256SUMS"),
        told(spark, tars, folder.resolve("packed"), SMALL));
    assertEquals(bytes(folder.resolve("out")), bytes(folder.resolve("packed")));
    Files.createDirectory(tars.resolve("apples"));
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> pack(spark, tars, folder.resolve("no")));
    assertEquals(
        "%s: it holds tar files (apple.tar, pear é.tar, plum.tar) and folders (apples), and either"
                .formatted(tars)
            + " may be meant: move the one kind to a folder of its own, and name that",
        e.getMessage());
  }

  @Test
  void imagesBesideTheClassFoldersAndLinksAreTold(JavaSparkContext spark) throws IOException {
    TreeMap<String, byte[]> images = draw(folder.resolve("in"), 20, false);
    images.put("1.png", DrawnImages.png(1, 2, 3));
    Path file = folder.resolve("a.tar");
    try (OutputStream out = Files.newOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
      tar.setAddPaxHeadersForNonAsciiNames(true);
      for (Map.Entry<String, byte[]> image : images.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(image.getKey());
        entry.setSize(image.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(image.getValue());
        tar.closeArchiveEntry();
      }
      for (byte kind : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK}) {
        TarArchiveEntry link = new TarArchiveEntry("plum/link%s.png".formatted(kind), kind);
        link.setLinkName("plum/2.png");
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
      }
    }
    assertEquals(
        List.of(
            "left out 1 as images beside the class folders, hence of no class: a",
            "left out 2 as links within tar files: plum/link50.png, plum/link49.png"),
        told(spark, file, folder.resolve("out"), SMALL));
  }

  @Test
  void namesArePassedOverToReadNames(JavaSparkContext spark) throws IOException {
    TreeMap<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < 16; i++) {
      files.put("c%s/%s.png".formatted(i % 2, i), new byte[(1 << 20) + i * 13]);
    }
    long size = 16L << 20;
    for (String name : List.of("a.tar", "a.tgz")) {
      Path tar = folder.resolve(name);
      tar(tar, "", files);
      TarInput input =
          new TarInput(new HadoopFiles(new Configuration()), List.of(tar.toString()), List.of());
      long read = readSince(0);
      Survey survey =
          Survey.sum(
              input
                  .images(PackSession.sql(spark), Classes.FOUND, false)
                  .mapPartitions(Survey::of)
                  .collect());
      assertEquals(Set.of("c0", "c1"), survey.found().keySet());
      assertEquals(
          files.values().stream().mapToLong(f -> f.length).sum(),
          survey.of(List.of("c0", "c1")).bytes());
      if (name.equals("a.tar")) {
        assertTrue(readSince(read) < size / 8, readSince(read) + " bytes were read");
      }
    }
    long read = readSince(0);
    TarInput input =
        new TarInput(
            new HadoopFiles(new Configuration()),
            List.of(folder.resolve("a.tar").toString()),
            List.of());
    input.images(PackSession.sql(spark), Classes.FOUND, true).mapPartitions(Survey::of).collect();
    assertTrue(readSince(read) > size, "else nothing is counted");
  }

  private static long readSince(long before) {
    return FileSystem.getGlobalStorageStatistics().get("file").getLong("bytesRead") - before;
  }

  @Test
  void aTarFileThatEndsEarlyIsOneError(JavaSparkContext spark) throws IOException {
    TreeMap<String, byte[]> images = new TreeMap<>();
    images.put("a/1.png", new byte[100_000]);
    images.put("b/2.png", new byte[100_000]);
    Path whole = folder.resolve("whole.tar");
    tar(whole, "", images);
    byte[] bytes = Files.readAllBytes(whole);
    for (int length : new int[] {300, 512 + 50_000, 101_000, 102_000, 180_000}) {
      Path cut = folder.resolve("cut.tar");
      Files.write(cut, Arrays.copyOf(bytes, length));
      ConvoyException e =
          assertThrows(
              ConvoyException.class, () -> pack(spark, cut, folder.resolve("out")), length + "");
      assertEquals(ConvoyException.Kind.DATA, e.kind());
      assertTrue(
          e.getMessage().startsWith(cut + ": the tar file cannot be read ("), e.getMessage());
    }
  }
}
