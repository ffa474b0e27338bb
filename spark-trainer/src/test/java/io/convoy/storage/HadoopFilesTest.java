package io.convoy.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.SampleSource;
import io.convoy.data.reader.FolderDataSet;
import io.convoy.error.ConvoyException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** Hadoop's listing of a local folder leaves them out. */
  @Test
  void whatIsListedButCannotBeReadIsNamed() throws Exception {
    for (String name : List.of("a.png", "b.png", "c.png", "d.png")) {
      Files.createSymbolicLink(temporary.resolve(name), temporary.resolve("gone"));
    }
    Files.createFile(temporary.resolve("e.png"));
    Files.createSymbolicLink(temporary.resolve(".#e.png"), temporary.resolve("editor"));
    FileStore files = new HadoopFiles(new Configuration());
    ConvoyException e = assertThrows(ConvoyException.class, () -> files.list(temporary.toString()));
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    assertEquals(
        temporary
            + ": 4 of its 6 names cannot be read (a.png, b.png, c.png and 1 more): the file was"
            + " deleted meanwhile, or it is a link that leads nowhere: mend it, or take it away",
        e.getMessage());
    Files.createFile(temporary.resolve("gone"));
    assertEquals(6, files.list(temporary.toString()).size());
  }

  @Test
  void namesWithColonsAndBlanksAreNames() throws Exception {
    for (String name : List.of("a:b", "c d", "e%20f", "g#h?")) {
      Files.write(Files.createDirectory(temporary.resolve(name)).resolve("1:2.png"), new byte[3]);
    }
    FileStore files = new HadoopFiles(new Configuration());
    List<FileStore.Entry> folders = files.list(temporary.toString());
    assertEquals(
        List.of("a:b", "c d", "e%20f", "g#h?"),
        folders.stream().map(FileStore.Entry::name).toList());
    for (FileStore.Entry folder : folders) {
      FileStore.Entry image = files.list(folder.path()).get(0);
      assertEquals("1:2.png", image.name());
      assertTrue(files.exists(image.path()));
      assertEquals(3, files.length(image.path()));
      try (InputStream in = files.open(image.path())) {
        assertEquals(3, in.readAllBytes().length);
      }
    }
  }

  /** By way of Hadoop's local file system, as a local disk is read where Spark trains. */
  @Test
  void foldersAreReadAsOnALocalDisk() throws Exception {
    for (String name : List.of("a:b/1:2.png", "a:b/c d/e%20f.png", "[x]/g#h?.png", "[x]/{y}*")) {
      Path file = temporary.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'});
    }
    Files.createSymbolicLink(temporary.resolve("[x]/link"), temporary.resolve("a:b"));
    FileStore files = new HadoopFiles(new Configuration());
    DataSet set = new FolderDataSet(temporary.toString(), 1, 2, 2);
    List<String> names = List.of("a:b", "[x]");
    try (SampleSource source = set.labelledAs(names).open(files)) {
      assertEquals(6, source.size());
      assertEquals("file:" + temporary + "/[x]/g#h?.png", source.describe(0));
      assertEquals("file:" + temporary + "/[x]/link/1:2.png", source.describe(1));
      assertEquals(0, source.label(5));
    }
    Path circle =
        Files.createSymbolicLink(temporary.resolve("a:b/c d/up"), temporary.resolve("a:b"));
    ConvoyException e = assertThrows(ConvoyException.class, () -> set.open(files));
    assertEquals(
        "file:%s: this link leads back to file:%s/[x]/link, in which it lies, and so on without end:"
                .formatted(temporary.resolve("[x]/link/c d/up"), temporary)
            + " take the link away",
        e.getMessage());
    Files.delete(circle);
  }

  /** Whatever Hadoop throws at a path. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|'' is no path: Can not create a Path from an empty string",
        "a:b|'a:b' is no path: java.net.URISyntaxException: Relative path in absolute URI: a:b;"
            + " before a name with a colon write ./, or a full path",
        "http://localhost/data|'http://localhost/data' is an address on the web, which has no"
            + " folders to list or to write: fetch its files, and name the folder that they are in",
        "nowhere://host/x|'nowhere://host/x' does not name a folder on a known file system: No"
            + " FileSystem for scheme \"nowhere\"",
        "s3a://bucket/x|put its connector on the class path",
        "hdfs://no-such.invalid/x|hdfs://no-such.invalid/x: there is no host 'no-such.invalid':"
            + " correct its name, or set HADOOP_CONF_DIR",
        "hdfs:///x|hdfs:/x: its file system cannot be reached (Incomplete HDFS URI, no host:",
        "a\0b|cannot be the name of a file here: it holds a zero character; take another",
      })
  void aPathThatIsNoneIsAnErrorOfConvoy(String path, String message) {
    FileStore files = new HadoopFiles(new Configuration());
    for (Executable access :
        List.<Executable>of(
            () -> files.list(path),
            () -> files.exists(path),
            () -> files.length(path),
            () -> files.open(path),
            () -> StoreFolder.at(path, new Configuration()))) {
      ConvoyException e = assertThrows(ConvoyException.class, access);
      assertTrue(e.getMessage().contains(message), e.getMessage());
    }
  }

  @Test
  void aFileIsNoFolder() throws Exception {
    String file = Files.createFile(temporary.resolve("x")).toString();
    FileStore files = new HadoopFiles(new Configuration());
    assertThrows(NotDirectoryException.class, () -> files.list(file));
    assertTrue(files.exists(file));
  }

  /** Not taken for files that are not there. Who may read all, as root may, cannot see this. */
  @Test
  void whatMayNotBeReadIsToldFromWhatIsNotThere() throws Exception {
    Path closed = Files.createDirectory(temporary.resolve("closed"));
    Path file = Files.createFile(closed.resolve("x"));
    FileStore files = new HadoopFiles(new Configuration());
    Files.setPosixFilePermissions(file, Set.of());
    assumeFalse(Files.isReadable(file), "this user may read everything");
    assertThrows(AccessDeniedException.class, () -> files.open(file.toString()));
    Files.setPosixFilePermissions(closed, Set.of());
    try {
      assertThrows(AccessDeniedException.class, () -> files.exists(file.toString()));
      assertThrows(AccessDeniedException.class, () -> files.length(file.toString()));
      assertThrows(AccessDeniedException.class, () -> files.list(closed.toString()));
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
    assertFalse(files.exists(closed.resolve("y").toString()));
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
