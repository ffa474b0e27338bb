package io.convoy.data.examine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.convoy.data.FileDataSet;
import io.convoy.data.FileDigests;
import io.convoy.data.ReadImages;
import io.convoy.data.SampleSource;
import io.convoy.data.reader.FolderDataSet;
import io.convoy.data.reader.TableDataSet;
import io.convoy.error.ConvoyException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminationTest {
  @TempDir Path folder;
  private final OpenedFiles files = new OpenedFiles();
  private final ExaminedFiles known = new ExaminedFiles();

  @BeforeEach
  void write() throws IOException {
    DamagedImages.writeWhole(folder);
  }

  private FolderDataSet set() {
    return new FolderDataSet(folder.toString(), 3).ofAnySize();
  }

  private ExaminedSet examine() {
    return examine(known, set());
  }

  private ExaminedSet examine(ExaminedFiles memory, FileDataSet set) {
    Look look = new LookHere(files, 3);
    return new Examination(files, memory, look, ExaminationListener.NONE).of("training set", set);
  }

  @Test
  void aWholeSetIsToldBySizesAndFormats() {
    ExaminedSet set = examine();
    assertEquals(
        List.of(
            "training set: 24 images of 2 classes: 12 JPEG, 12 PNG; 8x10 to 10x8 pixels (height x"
                + " width), most often 8x10 (12)"),
        set.inWords());
    assertEquals(List.of(), set.rejected());
    DamageRule.REFUSE.require(List.of(set), "");
  }

  @Test
  void eachKindOfDamageIsFoundWithItsReason() throws IOException {
    DamagedImages.writeDamaged(folder);
    ExaminedSet set = examine();
    assertEquals(DamagedImages.NAMES, set.damaged());
    List<RejectedFile> rejected = set.rejected();
    for (int i = 0; i < DamagedImages.NAMES.size(); i++) {
      RejectedFile file = rejected.get(i);
      assertEquals(folder.resolve(DamagedImages.NAMES.get(i)).toString(), file.path());
      assertTrue(file.damaged());
      assertTrue(file.reason().startsWith(DamagedImages.REASONS.get(i)), file.reason());
    }
    assertEquals(DamagedImages.NAMES.size(), rejected.size());
    assertTrue(set.inWords().get(0).contains("28 images of 2 classes, 4 of them damaged: 12 JPEG"));
  }

  @Test
  void aRefusalNamesTheFirstTenTheCountAndTheList() throws IOException {
    for (int i = 0; i < 12; i++) {
      DamagedImages.write(folder, "cat/e%s.jpg".formatted(10 + i), new byte[0]);
    }
    ExaminedSet set = examine();
    ConvoyException e =
        assertThrows(
            ConvoyException.class,
            () -> DamageRule.REFUSE.require(List.of(set), "R/rejected.jsonl"));
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    assertEquals(
        "12 of the 36 images of the training set are damaged: mend them, take them away, or leave"
            + " them out by data.damaged: skip in the recipe (R/rejected.jsonl says why, of each):"
            + " cat/e10.jpg, cat/e11.jpg, cat/e12.jpg, cat/e13.jpg, cat/e14.jpg, cat/e15.jpg,"
            + " cat/e16.jpg, cat/e17.jpg, cat/e18.jpg, cat/e19.jpg and 2 more; the first of them:"
            + " the file is no image that is read (by its first bytes; it has 0 bytes): JPEG, PNG,"
            + " BMP, GIF, TIFF, WebP are read; convert it or take it out of the folder",
        e.getMessage());
  }

  @Test
  void skippingGoesUpToTheLimit() throws IOException {
    DamagedImages.write(folder, "cat/empty.jpg", new byte[0]);
    List<ExaminedSet> sets = List.of(examine());
    new DamageRule(Damaged.SKIP, DamageLimit.of(TextNode.valueOf("4%"))).require(sets, "");
    new DamageRule(Damaged.SKIP, DamageLimit.of(IntNode.valueOf(1))).require(sets, "");
    ConvoyException share =
        assertThrows(
            ConvoyException.class,
            () ->
                new DamageRule(Damaged.SKIP, DamageLimit.of(TextNode.valueOf("3.99%")))
                    .require(sets, ""));
    assertTrue(
        share
            .getMessage()
            .startsWith(
                "1 of the 25 images of the training set are damaged, more than data.maxDamaged"
                    + " (3.99%) allows: mend them, take them away, or allow more: cat/empty.jpg;"
                    + " the first of them: the file is no image"),
        share.getMessage());
    assertThrows(
        ConvoyException.class,
        () -> new DamageRule(Damaged.SKIP, DamageLimit.of(IntNode.valueOf(0))).require(sets, ""));
  }

  @Test
  void mislabelledAndExtraneousAreToldAndRead() throws IOException {
    DamagedImages.write(folder, "cat/named.JPG", DamagedImages.image(10, 8, 1, "png"));
    DamagedImages.write(folder, "cat/unnamed", DamagedImages.image(10, 8, 2, "png"));
    byte[] jpeg = DamagedImages.image(8, 10, 3, "jpg");
    int scan =
        IntStream.range(0, jpeg.length).filter(i -> isScan(jpeg, i)).findFirst().orElseThrow();
    byte[] extraneous = new byte[jpeg.length + 3]; // zeros before a marker
    System.arraycopy(jpeg, 0, extraneous, 0, scan);
    System.arraycopy(jpeg, scan, extraneous, scan + 3, jpeg.length - scan);
    DamagedImages.write(folder, "dog/more.jpg", extraneous);
    ExaminedSet set = examine();
    assertEquals(List.of(), set.damaged());
    assertEquals(
        List.of(
            "training set: JPEG with bytes that do not belong there, but read: 1 (dog/more.jpg)",
            "training set: of another format than named, but read: 1 (cat/named.JPG is PNG)"),
        set.inWords().subList(1, 3));
    assertEquals(
        List.of(
            new RejectedFile(
                folder.resolve("cat/named.JPG").toString(),
                false,
                "named as JPEG, but PNG by its first bytes: read as that")),
        set.rejected());
  }

  @Test
  void coarseImagesAreToldAndRead() throws IOException {
    byte[] jpeg;
    try (InputStream in = getClass().getResourceAsStream("/jpeg-scans/420-31x17.jpg")) {
      jpeg = in.readAllBytes();
    }
    DamagedImages.write(folder, "cat/whole.jpg", jpeg);
    int scan =
        IntStream.iterate(jpeg.length - 2, i -> i - 1)
            .filter(i -> isScan(jpeg, i))
            .findFirst()
            .orElseThrow();
    byte[] coarse = Arrays.copyOf(jpeg, scan + 2);
    coarse[scan + 1] = (byte) 0xD9;
    DamagedImages.write(folder, "dog/coarse.jpg", coarse);
    ExaminedSet set = examine();
    assertEquals(List.of(), set.damaged());
    assertEquals(
        List.of(
            "training set: JPEG that lacks scans, so that it is coarse, but read: 1"
                + " (dog/coarse.jpg)"),
        set.inWords().subList(1, set.inWords().size()));
  }

  private static boolean isScan(byte[] jpeg, int i) {
    return i + 1 < jpeg.length && jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xDA;
  }

  @Test
  void whatIsKnownIsNotReadAgain() throws IOException {
    DamagedImages.writeDamaged(folder);
    ExaminedSet first = examine();
    assertEquals(28, files.taken().size());
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    known.write(kept, "this Convoy", path -> true);
    ExaminedFiles read = new ExaminedFiles();
    read.read(new ByteArrayInputStream(kept.toByteArray()), "this Convoy");
    ExaminedSet second = examine(read, set());
    assertEquals(List.of(), files.taken());
    assertEquals(first, second);

    // as long as it was, and later by a second
    Path changed = folder.resolve("dog/text.jpg");
    FileTime before = Files.getLastModifiedTime(changed);
    Files.writeString(changed, "nor is this one.");
    Files.setLastModifiedTime(changed, FileTime.fromMillis(before.toMillis() + 1000));
    DamagedImages.write(folder, "cat/empty.jpg", DamagedImages.image(10, 8, 3, "jpg"));
    ExaminedSet third = examine(read, set());
    assertEquals(List.of("empty.jpg", "text.jpg"), files.taken());
    assertEquals(List.of("cat/cut.jpg", "dog/sum.png", "dog/text.jpg"), third.damaged());

    // what another Convoy wrote, or what is cut, is not trusted further than it goes
    ExaminedFiles other = new ExaminedFiles();
    other.read(new ByteArrayInputStream(kept.toByteArray()), "another Convoy");
    examine(other, set());
    assertEquals(28, files.taken().size());
    ExaminedFiles cut = new ExaminedFiles();
    cut.read(new ByteArrayInputStream(kept.toByteArray(), 0, kept.size() / 2), "this Convoy");
    examine(cut, set());
    int again = files.taken().size();
    assertTrue(again > 5 && again < 28, "read again: " + again);
  }

  @Test
  void aStoreThatFailsIsNoDamage() {
    files.fail(3);
    assertEquals(List.of(), examine().damaged());
    assertEquals(27, files.taken().size()); // three again
    files.fail(1000);
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> examine(new ExaminedFiles(), set()));
    assertEquals(ConvoyException.Kind.RESOURCE, e.kind());
    assertTrue(e.getMessage().contains("the disk is gone"), e.getMessage());
  }

  @Test
  void digestsGiveTheFingerprintWithoutAReading() throws IOException {
    DamagedImages.writeDamaged(folder);
    ExaminedSet examined = examine();
    files.taken();
    String fingerprint;
    try (SampleSource source = set().open(files, examined.digests())) {
      fingerprint = source.fingerprint();
      assertEquals(List.of(), files.taken());
      assertEquals(
          List.of(
              "%s: left out 4 as damaged: %s"
                  .formatted(folder, String.join(", ", DamagedImages.NAMES))),
          source.leftOut());
    }
    for (String name : DamagedImages.NAMES) {
      Files.delete(folder.resolve(name));
    }
    try (SampleSource source = set().open(files)) {
      assertEquals(source.fingerprint(), fingerprint);
    }
  }

  /** Images that are kept in memory are read when they are first needed, and then once. */
  @Test
  void digestsSpareTheReadingOfASmallSetToo() throws IOException {
    Path small = folder.resolve("small");
    for (int i = 0; i < 6; i++) {
      DamagedImages.write(
          folder, "small/%s/%s.png".formatted(i % 2, i), DamagedImages.image(7, 8, i, "png"));
    }
    FolderDataSet set = new FolderDataSet(small.toString(), 3);
    ExaminedSet examined = examine(new ExaminedFiles(), set);
    assertTrue(examined.hasOneSize(7, 8));
    assertFalse(examined.hasOneSize(8, 7));
    try (SampleSource plain = set.open(files);
        SampleSource source = set.open(files, examined.digests())) {
      String fingerprint = plain.fingerprint();
      assertTrue(plain.isDecoded(5));
      files.taken();
      assertEquals(fingerprint, source.fingerprint());
      assertEquals(List.of(), files.taken());
      assertFalse(source.isDecoded(5));
      for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < 6; i++) {
          assertArrayEquals(ReadImages.bytes(plain, i), ReadImages.bytes(source, i));
        }
      }
      assertEquals(6, files.taken().size());
      assertTrue(source.isDecoded(5));
    }
    DamagedImages.write(folder, "small/0/0.png", DamagedImages.image(7, 9, 0, "png"));
    ExaminedSet mixed = examine(new ExaminedFiles(), set);
    assertFalse(mixed.hasOneSize(7, 8));
  }

  @Test
  void aFileThatChangedSinceIsRefusedWhenItIsRead() throws IOException {
    ExaminedSet examined = examine();
    Files.write(folder.resolve("cat/11.png"), DamagedImages.image(10, 8, 0, "png"));
    try (SampleSource source = examined.set().open(files, examined.digests())) {
      assertEquals(10, ReadImages.bytes(source, 0).length / 24);
      ConvoyException e = assertThrows(ConvoyException.class, () -> ReadImages.bytes(source, 1));
      assertTrue(
          e.getMessage()
              .contains("cat/11.png: the file holds other bytes than when it was examined"),
          e.getMessage());
    }
    // those of another set are not taken
    try (SampleSource source = examined.set().open(files, new FileDigests(new byte[32]));
        SampleSource alone = examined.set().open(files)) {
      assertEquals(alone.fingerprint(), source.fingerprint());
    }
  }

  @Test
  void aClassKeepsAnImage() throws IOException {
    DamagedImages.writeDamaged(folder);
    DamagedImages.write(folder, "eel/only.jpg", new byte[3]);
    Files.createDirectory(folder.resolve("owl")); // is an error when it is opened, not before
    FileDigests digests = examine().digests();
    ConvoyException e = assertThrows(ConvoyException.class, () -> set().open(files, digests));
    assertEquals(
        folder
            + "/owl: the class folder has no image; every class needs one: fill it, or take it away;"
            + " it holds nothing",
        e.getMessage());
    Files.delete(folder.resolve("owl"));
    e = assertThrows(ConvoyException.class, () -> set().open(files, digests));
    assertEquals(
        folder
            + ": there is no image of eel that is not damaged; every class needs one: replace its"
            + " images, or take the class away",
        e.getMessage());
  }

  /** A row whose image is damaged is no row; one that stands there twice counts twice. */
  @Test
  void aTableLeavesOutRows() throws IOException {
    DamagedImages.writeDamaged(folder);
    List<String> rows =
        List.of("dog/10.jpg,b", "cat/cut.jpg,a", "cat/10.png,a", "cat/cut.jpg,b", "dog/11.jpg,b");
    TableDataSet set = table(rows);
    ExaminedSet examined = examine(known, set);
    assertEquals(4, files.taken().stream().filter(name -> !name.equals("t.csv")).count());
    assertEquals(List.of("cat/cut.jpg"), examined.damaged());
    assertTrue(
        examined.inWords().get(0).contains("5 images of 2 classes, 2 of them damaged"),
        examined.inWords().get(0));
    String fingerprint;
    try (SampleSource left = examined.set().open(files, examined.digests())) {
      assertEquals(3, left.size());
      assertEquals(
          List.of(
              folder + "/t.csv: more than one row names cat/cut.jpg",
              folder + "/t.csv: rows with different labels name cat/cut.jpg",
              "%s/t.csv: left out 2 as damaged: cat/cut.jpg, cat/cut.jpg".formatted(folder)),
          left.leftOut());
      fingerprint = left.fingerprint();
    }
    List<String> whole = rows.stream().filter(row -> !row.contains("cut")).toList();
    try (SampleSource source = table(whole).open(files)) {
      assertEquals(source.fingerprint(), fingerprint);
    }
    FileDataSet lacking = table(List.of("dog/10.jpg,b", "cat/cut.jpg,a"));
    FileDigests digests = examine(known, lacking).digests();
    ConvoyException e = assertThrows(ConvoyException.class, () -> lacking.open(files, digests));
    assertEquals(
        folder
            + "/t.csv: there is no image of a that is not damaged; every class needs one: replace"
            + " its images, or take the class away",
        e.getMessage());
  }

  private TableDataSet table(List<String> rows) throws IOException {
    Path table = folder.resolve("t.csv");
    Files.writeString(table, "path,label\n" + String.join("\n", rows) + "\n");
    return new TableDataSet(table.toString(), null, set());
  }

  @Test
  void progressIsToldToTheEnd() {
    List<Long> told = new ArrayList<>();
    ExaminationListener listener =
        new ExaminationListener() {
          @Override
          public void onExamination(long done, long total) {
            assertEquals(24, total);
            told.add(done);
          }
        };
    new Examination(files, known, new LookHere(files, 4), listener).of("set", set());
    assertEquals(IntStream.rangeClosed(1, 24).mapToObj(i -> (long) i).toList(), told);
  }
}
