package io.convoy.data.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.FileStore;
import io.convoy.data.LocalFiles;
import io.convoy.data.ReadImages;
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

/** Class folders as people have them: what lies in them, and how it is called. */
class FolderNamesTest {
  private static final String NFC = "caf\u00e9";
  private static final String NFD = "cafe\u0301";

  @TempDir Path folder;
  private final FileStore files = new LocalFiles();
  private ImageFolder images;

  @BeforeEach
  void start() {
    images = new ImageFolder(folder);
  }

  @Test
  void whatSystemsDropIsCountedByKind() throws IOException {
    images.write("cat/1.png", 1);
    images.write("dog/2.png", 2);
    byte[] bytes = {1, 2, 3};
    for (String name :
        List.of(
            ".DS_Store",
            "__MACOSX/cat/._1.png",
            "cat/._1.png",
            "cat/.DS_Store",
            "dog/THUMBS.DB",
            "dog/desktop.ini",
            "dog/2.png:Zone.Identifier",
            "@eaDir/thumb.jpg",
            "cat/@eaDir/1.png/SYNOPHOTO_THUMB_M.jpg",
            "cat/.ipynb_checkpoints/1-checkpoint.png",
            "_SUCCESS",
            "cat/3.png.crdownload",
            "cat/4.png~",
            "dog/5.png._COPYING_",
            ".git/HEAD",
            "cat/.hidden.png",
            "classes.txt",
            "stray.JPG",
            "cat/labels.csv",
            "cat/README",
            "dog/7.HEIC")) {
      images.put(name, bytes);
    }
    try (SampleSource source = images.open()) {
      assertEquals(List.of("cat:1", "dog:2"), ImageFolder.samples(source));
      String left = folder + ": left out ";
      assertEquals(
          List.of(
              left + "4 as files of macOS: .DS_Store, __MACOSX, cat/.DS_Store, cat/._1.png",
              left
                  + "3 as files of Windows: dog/2.png:Zone.Identifier, dog/THUMBS.DB,"
                  + " dog/desktop.ini",
              left + "2 as files of a network disk: @eaDir, cat/@eaDir",
              left + "1 as checkpoints of notebooks: cat/.ipynb_checkpoints",
              left + "1 as files of Hadoop's jobs: _SUCCESS",
              left
                  + "3 as unfinished or backup copies: cat/3.png.crdownload, cat/4.png~,"
                  + " dog/5.png._COPYING_",
              left + "2 as hidden: .git, cat/.hidden.png",
              left + "1 as beside the class folders: classes.txt",
              left + "1 as images beside the class folders, hence of no class: stray.JPG",
              left + "2 as no images: cat/README, cat/labels.csv",
              left + "1 as images of a kind that Convoy does not read (convert them): dog/7.HEIC"),
          source.leftOut());
    }
  }

  @Test
  void theFirstFiveAreNamedAndAllAreCounted() throws IOException {
    images.write("cat/1.png", 1);
    for (int i = 10; i < 22; i++) {
      images.put("cat/%s.txt".formatted(i), new byte[0]);
    }
    try (SampleSource source = images.open()) {
      assertEquals(
          List.of(
              folder
                  + ": left out 12 as no images: cat/10.txt, cat/11.txt, cat/12.txt, cat/13.txt,"
                  + " cat/14.txt and 7 more"),
          source.leftOut());
    }
  }

  @Test
  void endingsMayBeInAnyLettersOrMissing() throws IOException {
    images.write("a/1.JPG", 1);
    images.write("a/2.JPEG", 2);
    images.write("a/3.PNG", 3);
    images.write("a/4.jPeG", 4);
    images.write("a/5", 5);
    images.write("a/img.0006", 6);
    images.put("a/7", "plain text".getBytes(StandardCharsets.UTF_8));
    images.put("a/8.dat", new byte[0]);
    images.put("a/9", "BM, a text".getBytes(StandardCharsets.UTF_8));
    images.put("a/10", "\0\0\0 ftypmif1".getBytes(StandardCharsets.UTF_8));
    try (SampleSource source = images.open()) {
      assertEquals(List.of("a:1", "a:2", "a:3", "a:4", "a:5", "a:6"), ImageFolder.samples(source));
      assertEquals(
          List.of(
              folder + ": left out 3 as no images: a/7, a/8.dat, a/9",
              folder
                  + ": left out 1 as images of a kind that Convoy does not read (convert them): a/10"),
          source.leftOut());
    }
  }

  /** A file that calls itself an image and is none is damage: it is not passed over. */
  @Test
  void whatIsCalledAnImageIsOne() throws IOException {
    images.write("a/1.png", 1);
    images.put("a/2.jpg", "plain text".getBytes(StandardCharsets.UTF_8));
    try (SampleSource source = images.open()) {
      assertEquals(2, source.size());
      ConvoyException e = assertThrows(ConvoyException.class, () -> ReadImages.bytes(source, 1));
      assertEquals(ConvoyException.Kind.DATA, e.kind());
      assertTrue(e.getMessage().startsWith(folder + "/a/2.jpg: "), e.getMessage());
    }
  }

  /** By the whole name below the class folder: '-' is before '/', and '/' before '0'. */
  @Test
  void nestedFoldersAreReadInTheOrderOfWholeNames() throws IOException {
    images.write("cat/b/1.png", 4);
    images.write("cat/b-1/1.png", 3);
    images.write("cat/b0.png", 6);
    images.write("cat/b/c/d/1.png", 5);
    images.write("cat/a.png", 1);
    images.write("cat/B.png", 0);
    images.write("cat/a/z.png", 2);
    images.write("cat-2/1.png", 7);
    try (SampleSource source = images.open()) {
      assertEquals(
          List.of("cat:0", "cat:1", "cat:2", "cat:3", "cat:4", "cat:5", "cat:6", "cat-2:7"),
          ImageFolder.samples(source));
      assertEquals(folder + "/cat/b/c/d/1.png", source.describe(5));
    }
    String before = fingerprint();
    Files.move(folder.resolve("cat/b/c"), folder.resolve("cat/b/e"));
    assertNotEquals(before, fingerprint(), "samples are called by their whole names");
  }

  private String fingerprint() {
    try (SampleSource source = images.open()) {
      return source.fingerprint();
    }
  }

  @Test
  void oneFolderThatHoldsTheClassesIsTold() throws IOException {
    images.write("images/cat/1.png", 1);
    images.write("images/dog/1.png", 1);
    assertFails(
        folder
            + ": its only folder is images, which holds the folders cat, dog and no image: is "
            + folder
            + "/images meant? Classes are the folders of "
            + folder);
    images.write("images/1.png", 1);
    try (SampleSource source = images.open()) {
      assertEquals(List.of("images"), source.classes());
    }
  }

  @Test
  void namesMayHaveAnyCharacters() throws IOException {
    List<String> names =
        List.of("100% #1", "[a-z]*", "a:b", "a\\b", "c d", "c%20d", "{x,y}?", "~ 'q' \"", "日本語");
    for (int i = 0; i < names.size(); i++) {
      images.write(names.get(i) + "/sub dir/x %41#[" + i + "]: .png", i);
    }
    try (SampleSource source = images.open()) {
      assertEquals(names, source.classes());
      for (int i = 0; i < names.size(); i++) {
        assertEquals(i, ReadImages.bytes(source, i)[0], names.get(i));
      }
    }
  }

  @Test
  void aTestSetsClassesAreFoundInEitherForm() throws IOException {
    images.write("train/" + NFC + "/1.png", 1);
    images.write("train/tea/1.png", 2);
    images.write("test/" + NFD + "/1.png", 3);
    List<String> classes = open("train").classes();
    assertEquals(List.of(NFC, "tea"), classes);
    FolderDataSet test = new FolderDataSet(folder + "/test", 1).labelledAs(classes);
    try (SampleSource source = test.open(files)) {
      assertEquals(List.of(NFC + ":3"), ImageFolder.samples(source));
    }
  }

  @Test
  void twoFormsOfOneNameInASetAreAnError() throws IOException {
    images.write(NFC + "/1.png", 1);
    images.write(NFD + "/1.png", 2);
    assertFails(
        folder
            + ": two classes have the same name, \""
            + NFC
            + "\": they differ only in how its accents are stored (Unicode NFC and NFD, as Linux"
            + " and macOS write them): put their images into one");
  }

  @Test
  void aTestSetsClassThatTrainingLacksIsNamed() throws IOException {
    images.write("Cat/1.png", 1);
    FolderDataSet test = new FolderDataSet(folder.toString(), 1).labelledAs(List.of("cat", "dog"));
    ConvoyException e = assertThrows(ConvoyException.class, () -> test.open(files));
    assertEquals(
        folder
            + "/Cat: the test set's classes must be the training set's, which are cat, dog (is"
            + " \"cat\" meant?): rename the folder, or take it away",
        e.getMessage());
  }

  @Test
  void anEmptyClassFolderOfATestSetIsAClassThatItLacks() throws IOException {
    images.write("cat/1.png", 1);
    Files.createDirectory(folder.resolve("dog"));
    FolderDataSet test = new FolderDataSet(folder.toString(), 1).labelledAs(List.of("cat", "dog"));
    try (SampleSource source = test.open(files)) {
      assertEquals(List.of("cat:1"), ImageFolder.samples(source));
    }
    Files.delete(folder.resolve("cat/1.png"));
    ConvoyException e = assertThrows(ConvoyException.class, () -> test.open(files));
    assertEquals(
        folder
            + ": no class folder has an image; expected images (JPEG, PNG, BMP, GIF, TIFF, WebP) as "
            + folder
            + "/<class>/<name>; it holds the folders cat, dog",
        e.getMessage());
  }

  @Test
  void listedClassesGiveNamesAndOrder() throws IOException {
    images.write("ant/1.png", 1);
    images.write("bee/2.png", 2);
    images.write(NFD + "/3.png", 3);
    images.write("dog/4.png", 4);
    try (SampleSource source = listed(false, "dog", NFC, "ant").open(files)) {
      assertEquals(List.of("dog", NFC, "ant"), source.classes());
      assertEquals(List.of("ant:1", NFC + ":3", "dog:4"), ImageFolder.samples(source));
      assertEquals(
          List.of(
              folder
                  + ": left out 1 as of classes that data.classes (of convoy pack: --classes) does not list: bee"),
          source.leftOut());
    }
    FolderDataSet training = listed(false, "eel", "ant", "Bee");
    ConvoyException e = assertThrows(ConvoyException.class, () -> training.open(files));
    assertEquals(
        folder
            + ": data.classes lists eel, Bee, of which there is no folder: correct the list, or add"
            + " the folder; left out: bee, "
            + NFD
            + ", dog",
        e.getMessage());
    try (SampleSource test = listed(true, "eel", "ant", "Bee").open(files)) {
      assertEquals(List.of("ant:1"), ImageFolder.samples(test));
    }
  }

  private FolderDataSet listed(boolean test, String... names) {
    Classes classes = Classes.chosen(List.of(names), test);
    return new FolderDataSet(folder.toString(), 1, 0, 0, false, classes, List.of());
  }

  private SampleSource open(String name) {
    return new FolderDataSet(folder + "/" + name, 1).open(files);
  }

  private void assertFails(String message) {
    ConvoyException e = assertThrows(ConvoyException.class, images::open);
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }
}
