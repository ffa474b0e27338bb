package io.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
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
  void aMissingFolderIsAnError() {
    assertThrows(IOException.class, () -> files.list(folder + "/none"));
  }
}
