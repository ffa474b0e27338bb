package io.convoy.launcher.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.reader.Cifar10;
import io.convoy.error.ConvoyException;
import io.convoy.launcher.progress.TransferProgress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives with what archives should not have. */
final class ArchiveTest {
  private static final ArchiveLayout LAYOUT =
      new ArchiveLayout("batches", Map.of("a.bin", 100L, "b.bin", 200L), Map.of("meta.txt", 50L));

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  /** What is to be written into a test's archive. */
  private interface Entries {
    void to(TarArchiveOutputStream tar) throws IOException;
  }

  @Test
  void writesWhatIsMissingAndReplacesWhatIsWrong() throws IOException {
    Path archive = archive(this::whole);
    assertEquals(3, unpack(archive));
    Path a = folder.resolve("out/batches/a.bin");
    assertArrayEquals(bytes(100), Files.readAllBytes(a));
    assertEquals(0, unpack(archive));
    Files.write(a, new byte[100]);
    assertEquals(1, unpack(archive));
    assertArrayEquals(bytes(100), Files.readAllBytes(a));
    assertEquals(a + ": is not as published, and is replaced", said());
    try (var files = Files.list(a.getParent())) {
      assertEquals(3, files.count());
    }
  }

  @Test
  void noPathLeadsOut() throws IOException {
    for (String name :
        List.of(
            "../evil",
            "batches/../../evil",
            "/evil",
            "batches/sub/a.bin",
            "other/a.bin",
            "a.bin")) {
      refuses(
          tar -> file(tar, name, bytes(100)),
          "the entry '%s' of 100 bytes does not belong there".formatted(name));
    }
    assertFalse(Files.exists(folder.resolve("evil")));
  }

  @Test
  void noLinkIsMade() throws IOException {
    for (byte type : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK}) {
      refuses(
          tar -> {
            TarArchiveEntry link = new TarArchiveEntry("batches/a.bin", type);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
          },
          "the entry 'batches/a.bin' of 0 bytes does not belong there");
    }
    assertFalse(Files.exists(folder.resolve("out/batches/a.bin")));
  }

  /** Many zeros in few bytes: the size is told by the entry's head, and refused by it. */
  @Test
  void noFileGrowsPastItsSize() throws IOException {
    refuses(
        tar -> file(tar, "batches/a.bin", new byte[50_000_000]),
        "the entry 'batches/a.bin' of 50000000 bytes does not belong there");
    refuses(tar -> file(tar, "batches/meta.txt", new byte[51]), "of 51 bytes does not belong");
    refuses(tar -> file(tar, "batches/c.bin", new byte[1]), "'batches/c.bin' of 1 bytes");
    assertFalse(Files.exists(folder.resolve("out/batches/a.bin")));
  }

  @Test
  void eachFileOnceAndNoneLeftOut() throws IOException {
    refuses(
        tar -> {
          file(tar, "batches/a.bin", bytes(100));
          file(tar, "batches/a.bin", bytes(100));
        },
        "the entry 'batches/a.bin' is there twice");
    refuses(tar -> file(tar, "batches/b.bin", bytes(200)), "lacks a.bin: fetch the archive again");
  }

  @Test
  void aCutArchiveIsAnError() throws IOException {
    byte[] whole = Files.readAllBytes(archive(this::whole));
    for (int length : new int[] {0, 5, whole.length / 2, whole.length - 1}) {
      Path cut = Files.write(folder.resolve("cut.tar.gz"), Arrays.copyOf(whole, length));
      ConvoyException e = assertThrows(ConvoyException.class, () -> unpack(cut));
      assertTrue(e.getMessage().startsWith(cut.toString()), e.getMessage());
    }
  }

  /** From the server to the folder, twice. */
  @Test
  void aFetchedArchiveIsUnpacked() throws IOException {
    Path archive = archive(this::whole);
    byte[] bytes = Files.readAllBytes(archive);
    PublishedFile file =
        new PublishedFile("set.tar.gz", bytes.length, PublishedFile.sha256Of(archive));
    Path target = folder.resolve("fetched");
    try (FileServer server = new FileServer(bytes, FileServer.whole(null))) {
      PublishedSet set =
          new PublishedSet(
              "set", new Cifar10(), server.address(), List.of(file), Optional.of(LAYOUT), "nobody");
      new Fetch(set, target, progress()).run();
      assertArrayEquals(bytes(200), Files.readAllBytes(target.resolve("batches/b.bin")));
      new Fetch(set, target, progress()).run();
      assertEquals(1, server.requests().size());
      assertTrue(said().endsWith("batches: is there, as in the archive"), said());
    }
  }

  private void refuses(Entries entries, String message) throws IOException {
    Path archive = archive(entries);
    ConvoyException e = assertThrows(ConvoyException.class, () -> unpack(archive));
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private int unpack(Path archive) {
    return new Archive(archive, LAYOUT, folder.resolve("out"), progress()).unpack();
  }

  private TransferProgress progress() {
    return TransferProgress.choose(
        "none", false, new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8).strip();
  }

  private void whole(TarArchiveOutputStream tar) throws IOException {
    tar.putArchiveEntry(new TarArchiveEntry("batches/"));
    tar.closeArchiveEntry();
    file(tar, "batches/a.bin", bytes(100));
    file(tar, "batches/b.bin", bytes(200));
    file(tar, "batches/meta.txt", bytes(7));
  }

  private static void file(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private Path archive(Entries entries) throws IOException {
    Path archive = folder.resolve("archive.tar.gz");
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
      entries.to(tar);
    }
    return archive;
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (7 * i + length);
    }
    return bytes;
  }
}
