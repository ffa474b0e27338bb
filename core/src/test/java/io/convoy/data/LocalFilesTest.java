package io.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
  @TempDir Path folder;
  private final FileStore files = new LocalFiles();

  @Test
  void listsByCodeUnits() throws IOException {
    Files.createDirectory(folder.resolve("a"));
    Files.write(folder.resolve("B10"), new byte[3]);
    Files.write(folder.resolve("B9"), new byte[0]);
    List<FileStore.Entry> entries = files.list(folder.toString());
    assertEquals(List.of("B10", "B9", "a"), entries.stream().map(FileStore.Entry::name).toList());
    assertEquals(3, entries.get(0).length());
    assertTrue(entries.get(2).directory());
    assertEquals(folder.resolve("B10").toString(), entries.get(0).path());
  }

  @Test
  void readsAFile() throws IOException {
    String path = folder + "/file";
    assertFalse(files.exists(path));
    Files.write(folder.resolve("file"), new byte[] {1, 2});
    assertTrue(files.exists(path));
    assertEquals(2, files.length(path));
    try (InputStream in = files.open(path)) {
      assertArrayEquals(new byte[] {1, 2}, in.readAllBytes());
    }
  }

  @Test
  void whatIsListedButCannotBeReadIsNamed() throws IOException {
    Files.write(folder.resolve("a:b"), new byte[3]);
    Files.createSymbolicLink(folder.resolve(".#a"), folder.resolve("editor"));
    assertEquals("a:b", files.list(folder.toString()).get(0).name());
    Files.createSymbolicLink(folder.resolve("c.png"), folder.resolve("gone"));
    Files.createSymbolicLink(folder.resolve("d.png"), folder.resolve("d.png"));
    ConvoyException e = assertThrows(ConvoyException.class, () -> files.list(folder.toString()));
    assertEquals(
        folder
            + ": 2 of its 4 names cannot be read (c.png, d.png): the file was deleted meanwhile, or"
            + " it is a link that leads nowhere: mend it, or take it away",
        e.getMessage());
  }

  @Test
  void aNameThatNoFileCanHaveIsAnErrorOfConvoy() {
    for (Executable access :
        List.<Executable>of(
            () -> files.list("a\0b"),
            () -> files.exists("a\0b"),
            () -> files.length("a\0b"),
            () -> files.open("a\0b"))) {
      ConvoyException e = assertThrows(ConvoyException.class, access);
      assertEquals(
          "'a\\0b' cannot be the name of a file here: it holds a zero character; take another",
          e.getMessage());
    }
  }

  @Test
  void aMissingFolderIsAnError() {
    assertThrows(IOException.class, () -> files.list(folder + "/none"));
  }
}
