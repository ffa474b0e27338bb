package io.convoy.data.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.LocalFiles;
import io.convoy.data.folder.Classes;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.recipe.DataOptions;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

final class DataFormatTest {
  private static final Shape IMAGE = Shape.of(4, 5, 3);

  private final FileStore files = new LocalFiles();
  @TempDir Path folder;

  /** The bytes that run.json has had since its first version. */
  @Test
  void aRecipeNamesThem() {
    String text = "{\"format\":\"folders\",\"path\":\"/images\",\"channels\":3}";
    DataOptions folders = Json.read(bytes(text), DataOptions.class, "data");
    assertEquals(new DataOptions(new Folders(), "/images", 3), folders);
    assertEquals(text, Json.text(folders));
    for (DataFormat format : DataFormat.all()) {
      String least = "{\"format\":\"" + format.name() + "\",\"path\":null,\"channels\":null}";
      assertEquals(least, Json.text(new DataOptions(format, null, null)));
      assertEquals(format, Json.value(Json.tree(format), DataFormat.class, "format"));
    }
  }

  @Test
  void whatIsNoNameIsRefused() {
    assertRefused("\"jpeg\"", "data.format: expected one of %s; got 'jpeg'");
    assertRefused("\"Idx\"", "data.format: expected one of %s; got 'Idx'");
    assertRefused("0", "data.format: expected one of %s; got 0");
    assertRefused("[\"idx\"]", "data.format: expected one of %s; got a list");
    assertRefused("{\"type\":\"idx\"}", "data.format: expected one of %s; got a mapping of keys");
    assertRefused("null", "data.format is missing: one of %s");
    assertTrue(DataFormat.names().startsWith("idx, cifar10, folders, glyphs, table, pack"));
  }

  @Test
  void keysThatFewRecipesHaveAreWrittenOnlyThere() {
    String text =
        "{\"format\":\"table\",\"path\":null,\"channels\":null,\"classes\":[\"b\",\"a\"],"
            + "\"pathColumn\":\"where\",\"labelColumn\":\"what\"}";
    DataOptions options = Json.read(bytes(text), DataOptions.class, "data");
    assertEquals(
        new DataOptions(new Table(), null, null).withLabels(List.of("b", "a"), "where", "what"),
        options);
    assertEquals(text, Json.text(options));
  }

  @Test
  void keysAreForTheFormatsThatHaveThem() {
    assertNotTaken(
        "data.classes has no meaning for data.format cifar10: take it away, or set another format",
        () -> new DataOptions(new Cifar10(), null, null).withLabels(List.of("a"), null, null));
    assertNotTaken(
        "data.pathColumn has no meaning for data.format folders: take it away, or set another"
            + " format",
        () -> new DataOptions(new Folders(), null, null).withLabels(null, "path", null));
    assertNotTaken(
        "data.labelColumn has no meaning for data.format idx: take it away, or set another format",
        () -> new DataOptions(new Idx(), null, null).withLabels(null, null, "label"));
    assertNotTaken(
        "data.order has no meaning for data.format pack: take it away, or set another format",
        () -> new DataOptions(new Pack(), null, null).withOrder(FileOrder.PACK));
    assertEquals(
        new DataOptions(new Folders(), null, null),
        new DataOptions(new Folders(), null, null).withOrder(FileOrder.FILES));
    assertNotTaken(
        "data.classes names each class once; numbers 1 and 3 are both \"cafe\u0301\"",
        () ->
            new DataOptions(new Folders(), null, null)
                .withLabels(List.of("caf\u00e9", "tea", "cafe\u0301"), null, null));
    assertNotTaken(
        "data.classes: every class has a name; number 2 has none",
        () -> new DataOptions(new Folders(), null, null).withLabels(List.of("a", " "), null, null));
  }

  private static void assertNotTaken(String message, Executable options) {
    ConvoyException e = assertThrows(ConvoyException.class, options);
    assertEquals(message, e.getMessage());
    assertEquals(ConvoyException.Kind.USAGE, e.kind());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertRefused(String format, String message) {
    String text = "{\"format\":" + format + "}";
    ConvoyException e =
        assertThrows(
            ConvoyException.class,
            () ->
                Json.value(Json.read(bytes(text), JsonNode.class, ""), DataOptions.class, "data"));
    assertEquals(message.formatted(DataFormat.names()), e.getMessage());
    assertEquals(ConvoyException.Kind.USAGE, e.kind());
  }

  @Test
  void idx() throws IOException {
    DataFormat format = new Idx();
    write("train-images-idx3-ubyte.gz", 100);
    write("train-labels-idx1-ubyte", 13);
    write("README.md", 7);
    assertEquals(513, memory(format));
    assertFalse(format.isIn(files, folder.toString()), "the test set is missing");
    write("t10k-images.idx3-ubyte", 1);
    write("t10k-labels-idx1-ubyte.gz", 1);
    assertTrue(format.isIn(files, folder.toString()));
    format.requireFiles(files, folder.toString());
    assertEquals(IdxDataSet.train(files, folder.toString()), training(format));
    assertEquals(
        IdxDataSet.test(files, folder.toString()),
        format.test(files, folder.toString(), Reading.of(1)).orElseThrow());
  }

  @Test
  void cifar10() throws IOException {
    DataFormat format = new Cifar10();
    write("cifar-10-batches-bin/data_batch_1.bin", 71);
    write("cifar-10-batches-bin/batches.meta.txt", 61);
    assertFalse(format.isIn(files, folder.toString()), "the test set is missing");
    write("cifar-10-batches-bin/test_batch.bin", 13);
    assertEquals(84, memory(format));
    assertTrue(format.isIn(files, folder.toString()));
    assertMissing(format, "data_batch_2.bin: no such file or folder");
    assertEquals(Cifar10DataSet.train(files, folder.toString()), training(format));
    write("data_batch_1.bin", 5);
    assertEquals(5, memory(format), "as the reader takes those that it finds first");
  }

  /** They may not be drawn yet. */
  @Test
  void glyphsAreNotLookedFor() throws IOException {
    DataFormat format = new Glyphs();
    assertTrue(format.isDrawn());
    assertEquals(new FolderDataSet(folder + "/train", 3), training(format));
    assertEquals(
        Optional.of(new FolderDataSet(folder + "/test", 1)),
        format.test(files, folder.toString(), Reading.of(1)));
    write("train/a/1.png", 1);
    write("test/a/1.png", 1);
    assertEquals(2 * 4 * 5 * 3, memory(format));
    assertTrue(format.isIn(files, folder.toString()));
  }

  @Test
  void folders() throws IOException {
    DataFormat format = new Folders();
    assertFalse(format.isDrawn());
    assertFalse(format.isIn(files, folder.toString()), "it is empty");
    write("train/a/1.png", 1);
    write("train/a/b/2.png", 1);
    write("train/a/Thumbs.db", 1);
    write("train/notes.txt", 1);
    assertTrue(format.isIn(files, folder.toString()));
    assertEquals(2 * 4 * 5 * 3, memory(format));
    assertEquals(Optional.empty(), format.test(files, folder.toString(), Reading.of(3)));
    Files.createDirectory(folder.resolve("test"));
    assertEquals(new FolderDataSet(folder + "/train", 3), training(format));
    assertEquals(
        Optional.of(new FolderDataSet(folder + "/test", 1, 0, 0, false, Classes.FOUND, List.of())),
        format.test(files, folder.toString(), Reading.of(1)));
    assertMissing(format, "there is no folder in it: expected");
    write("test/b/1.png", 1);
    format.requireFiles(files, folder.toString());
    assertEquals(3 * 4 * 5 * 3, memory(format));
    Shape large = Shape.of(1 << 15, 1 << 15, 1);
    assertEquals(
        1L << 30,
        format.memory(files, folder.toString(), Reading.of(1), large),
        "of train, none stays");
  }

  /** Its reader is the trainer's, whose tests go on from here. */
  @Test
  void pack() throws IOException {
    DataFormat format = new Pack();
    assertFalse(format.isIn(files, folder.toString()));
    assertMissing(
        format, ": there is no packed set in it, which has a dataset.json, in the folder");
    write("train/dataset.json", 2);
    assertTrue(format.isIn(files, folder.toString()));
    assertThrows(ConvoyException.class, () -> memory(format));
    ConvoyException e = assertThrows(ConvoyException.class, () -> training(format));
    assertTrue(e.getMessage().startsWith("packed sets are read by Convoy's Spark trainer and the"));
    assertEquals(ConvoyException.Kind.RESOURCE, e.kind());
  }

  private Optional<DataFormat> found(String place) {
    return DataFormat.in(files, folder.resolve(place).toString());
  }

  private boolean isUndivided(DataFormat format, String place) {
    return format.undivided(files, folder.resolve(place).toString(), Reading.of(3)).isPresent();
  }

  @Test
  void whatLiesInAFolderIsFoundByItsFiles() throws IOException {
    write("divided/train/a/1.png", 1);
    write("divided/test/a/1.png", 1);
    assertEquals(Optional.of(new Folders()), found("divided"));
    assertFalse(isUndivided(new Folders(), "divided"));
    assertEquals(Optional.of(new Folders()), found("divided/test"));
    assertTrue(isUndivided(new Folders(), "divided/test"));
    write("classes/a/deep/1.png", 1);
    assertEquals(Optional.of(new Folders()), found("classes"));
    assertTrue(isUndivided(new Folders(), "classes"));
    write("packed/train/dataset.json", 2);
    write("packed/train/part-0.parquet", 2);
    assertEquals(Optional.of(new Pack()), found("packed"), "its folders are called as others are");
    assertFalse(isUndivided(new Pack(), "packed"));
    write("idx/t10k-images-idx3-ubyte", 1);
    write("idx/t10k-labels-idx1-ubyte", 1);
    assertEquals(Optional.of(new Idx()), found("idx"));
    assertTrue(isUndivided(new Idx(), "idx"));
    write("idx/train-images-idx3-ubyte", 1);
    write("idx/train-labels-idx1-ubyte", 1);
    assertEquals(Optional.of(new Idx()), found("idx"));
    assertFalse(isUndivided(new Idx(), "idx"));
    write("cifar/test_batch.bin", 1);
    assertEquals(Optional.of(new Cifar10()), found("cifar"));
    write("other/notes.txt", 1);
    assertEquals(Optional.empty(), found("other"));
    assertEquals(Optional.empty(), found("nowhere"));
    assertEquals(Optional.empty(), found("other/notes.txt"));
  }

  @Test
  void aTableIsAPartByItsNameOrItsColumn() throws IOException {
    Files.createDirectories(folder.resolve("table/images"));
    write("table/images/1.png", 1);
    Path table = folder.resolve("table/mine.csv");
    Files.writeString(table, "path,label\nimages/1.png,a\n");
    assertEquals(Optional.of(new Table()), found("table"));
    assertEquals(Optional.of(new Table()), found("table/mine.csv"));
    assertTrue(isUndivided(new Table(), "table"));
    assertTrue(isUndivided(new Table(), "table/mine.csv"));
    Files.move(table, folder.resolve("table/train.csv"));
    assertFalse(isUndivided(new Table(), "table"), "it has no test set, and is a training set");
    assertTrue(isUndivided(new Table(), "table/train.csv"), "that is named by itself");
    Files.writeString(
        folder.resolve("table/train.csv"), "path,label,split\nimages/1.png,a,train\n");
    assertFalse(isUndivided(new Table(), "table/train.csv"));
  }

  @Test
  void aFolderThatIsNotThereIsNamedFirst() {
    String nowhere = folder + "/nowhere";
    for (DataFormat format : DataFormat.all()) {
      ConvoyException e =
          assertThrows(ConvoyException.class, () -> format.requireFiles(files, nowhere));
      assertEquals(
          nowhere
              + ": no such folder: look for a mistyped path, or put the data there (convoy fetch"
              + " gets published sets)",
          e.getMessage(),
          format.name());
      assertEquals(ConvoyException.Kind.DATA, e.kind());
    }
  }

  private DataSet training(DataFormat format) {
    return format.training(files, folder.toString(), Reading.of(3));
  }

  private long memory(DataFormat format) throws IOException {
    return format.memory(files, folder.toString(), Reading.of(3), IMAGE);
  }

  private void assertMissing(DataFormat format, String part) {
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> format.requireFiles(files, folder.toString()));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private void write(String name, int bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
  }
}
