package io.convoy.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.FileStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopFilesTest {
  @TempDir Path temporary;

  @Test
  void aFolderIsListedByName() throws Exception {
    for (String name : List.of("b", "a10", "a9", "B", "ä")) {
      Files.write(temporary.resolve(name), new byte[name.length()]);
    }
    Files.createDirectory(temporary.resolve("c"));
    FileStore files = new HadoopFiles(new Configuration());
    List<FileStore.Entry> entries = files.list(temporary.toString());
    assertEquals(
        List.of("B", "a10", "a9", "b", "c", "ä"),
        entries.stream().map(FileStore.Entry::name).toList());
    assertEquals(3, entries.get(1).length());
    assertTrue(entries.get(4).directory());
    assertFalse(entries.get(3).directory());
    assertEquals(1, files.length(entries.get(3).path()));
    assertThrows(
        FileNotFoundException.class, () -> files.list(temporary.resolve("none").toString()));
  }

  @Test
  @SuppressWarnings("BanSerializableRead") // reads back what the test itself has written
  void itReadsOnAfterItHasTravelled() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set("convoy.test", "${user.name}");
    configuration.set("fs.defaultFS", "file:///");
    Files.write(temporary.resolve("x"), new byte[] {1, 2});
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new HadoopFiles(configuration));
    }
    HadoopFiles files;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      files = (HadoopFiles) in.readObject();
    }
    assertEquals("${user.name}", files.configuration().getRaw("convoy.test"));
    assertEquals(System.getProperty("user.name"), files.configuration().get("convoy.test"));
    for (String path : List.of(temporary + "/x", "file:" + temporary + "/x")) {
      assertTrue(files.exists(path));
      try (InputStream in = files.open(path)) {
        assertArrayEquals(new byte[] {1, 2}, in.readAllBytes());
      }
    }
    assertFalse(files.exists(temporary + "/y"));
  }
}
