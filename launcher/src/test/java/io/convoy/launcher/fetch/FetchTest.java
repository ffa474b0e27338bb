package io.convoy.launcher.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is there before, during and after a download. */
final class FetchTest extends FetchRig {
  @Test
  void aWholeFileComesInOneGo() throws IOException {
    try (FileServer server = new FileServer(CONTENT, FileServer.whole("\"v1\""))) {
      fetch(server.address());
      assertFetched();
      assertEquals(List.of("/images.gz"), server.requests());
      assertEquals("images.gz: 293 KiB, SHA-256 as published", said());
    }
  }

  @Test
  void aCutConnectionGoesOnFromWhereItWas() throws IOException {
    try (FileServer server =
        new FileServer(
            CONTENT,
            FileServer.cutAfter(100_000, "\"v1\""),
            FileServer.cutAfter(50_000, "\"v1\""),
            FileServer.whole("\"v1\""))) {
      fetch(server.address());
      assertFetched();
      assertEquals(3, server.requests().size());
      for (String request : server.requests().subList(1, 3)) {
        assertTrue(request.matches("/images.gz bytes=[1-9]\\d*- if \"v1\""), request);
      }
      assertTrue(said().contains("images.gz: the connection failed ("), said());
      assertTrue(said().contains("; trying again in 0.0 s"), said());
    }
  }

  /** What another process left is gone on from; the rest of another version is not taken for it. */
  @Test
  void theRestOfAnotherVersionIsNotTaken() throws IOException {
    Files.write(folder.resolve("images.gz.part"), new byte[1000]);
    Files.writeString(folder.resolve("images.gz.part.version"), "\"old\"");
    try (FileServer server = new FileServer(CONTENT, FileServer.whole("\"new\""))) {
      fetch(server.address());
      assertFetched();
      assertEquals(List.of("/images.gz bytes=1000- if \"old\""), server.requests());
    }
  }

  @Test
  void aVersionThatIsNoneIsLeftOut() throws IOException {
    Files.write(folder.resolve("images.gz.part"), Arrays.copyOf(CONTENT, 1000));
    Files.write(folder.resolve("images.gz.part.version"), new byte[] {13, 10, (byte) 0xFF, 65});
    try (FileServer server = new FileServer(CONTENT, FileServer.whole(null))) {
      fetch(server.address());
      assertFetched();
      assertEquals(List.of("/images.gz bytes=1000-"), server.requests());
    }
  }

  /** Without a version, the SHA-256 notices, and the whole file is fetched once more. */
  @Test
  void partsThatDoNotGoTogetherAreFetchedAnew() throws IOException {
    Files.write(folder.resolve("images.gz.part"), new byte[1000]);
    try (FileServer server = new FileServer(CONTENT, FileServer.whole(null))) {
      fetch(server.address());
      assertFetched();
      assertEquals(List.of("/images.gz bytes=1000-", "/images.gz"), server.requests());
      assertTrue(
          said().contains("images.gz: its parts do not go together: once more from the start"));
    }
  }

  @Test
  void aPartThatIsWholeIsNotAskedForAgain() throws IOException {
    Files.write(folder.resolve("images.gz.part"), CONTENT);
    try (FileServer server = new FileServer(CONTENT, FileServer.status(500))) {
      fetch(server.address());
      assertFetched();
      assertEquals(List.of(), server.requests());
    }
  }

  /** A line that gives some bytes each time is worth going on with, however often it breaks. */
  @Test
  void attemptsThatBringMuchDoNotCount() throws IOException {
    try (FileServer server = new FileServer(CONTENT, FileServer.cutAfter(40_000, "\"v1\""))) {
      fetch(server.address());
      assertFetched();
      assertTrue(server.requests().size() >= 8, () -> server.requests().toString());
    }
  }

  @Test
  void whatIsThereAndRightIsLeftAlone() throws IOException {
    Files.write(folder.resolve("images.gz"), CONTENT);
    try (FileServer server = new FileServer(CONTENT, FileServer.status(500))) {
      fetch(server.address());
      assertEquals(List.of(), server.requests());
      assertEquals("images.gz: is there, as published", said());
    }
  }

  @Test
  void whatIsThereAndWrongIsNamedAndReplaced() throws IOException {
    Files.write(folder.resolve("images.gz"), new byte[7]);
    try (FileServer server = new FileServer(CONTENT, FileServer.status(404))) {
      assertThrows(ConvoyException.class, () -> fetch(server.address()));
      assertEquals(7, Files.size(folder.resolve("images.gz")), "it stays until the other has come");
    }
    try (FileServer server = new FileServer(CONTENT, FileServer.whole(null))) {
      fetch(server.address());
      assertFetched();
      assertTrue(
          said()
              .contains(
                  "images.gz: is there, but is not the published file (it has 7 bytes, not 300001):"
                      + " it is replaced once that has come"),
          said());
    }
  }

  @Test
  void twoAtATimeKeepOutOfEachOthersFile() throws IOException {
    Path part = folder.resolve("images.gz.part");
    try (FileChannel other =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = other.lock();
        FileServer server = new FileServer(CONTENT, FileServer.whole(null))) {
      assertTrue(held.isValid());
      assertFails(
          ConvoyException.Kind.RESOURCE,
          part + ": another command is fetching this file: wait for it, or end it",
          server.address());
    }
  }

  @Test
  void aFolderThatCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Fetch fetch =
        new Fetch(set(URI.create("http://127.0.0.1:1/")), file.resolve("below"), progress());
    ConvoyException e = assertThrows(ConvoyException.class, fetch::run);
    assertTrue(e.getMessage().contains("/file/below: no folder can be made"), e.getMessage());
  }

  /** What is pinned is what the published files are. */
  @Test
  @Tag("data")
  void fashionMnistIsAsPinned() {
    String given = System.getenv("CONVOY_DATA");
    Path root = given == null ? Path.of("..", "..", "shared", "data") : Path.of(given);
    Path real = root.resolve("fashion-mnist");
    assumeTrue(Files.isDirectory(real), () -> "skipped: there is no " + real);
    PublishedSet set = PublishedSet.of("fashion-mnist");
    set.files().forEach(file -> assertTrue(file.isAt(real.resolve(file.name())), file::name));
  }
}
