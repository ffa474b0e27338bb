package io.convoy.launcher.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.progress.TransferProgress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a server on loopback that does everything wrong that servers do. */
final class FetchTest {
  private static final byte[] CONTENT = content();

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

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

  @Test
  void aServerThatKnowsNoRangesStartsAnew() throws IOException {
    try (FileServer server =
        new FileServer(CONTENT, FileServer.cutAfter(100_000, null), FileServer.ignoringRanges())) {
      fetch(server.address());
      assertFetched();
      assertEquals(2, server.requests().size());
    }
  }

  @Test
  void aRefusedRangeStartsAnew() throws IOException {
    Files.write(folder.resolve("images.gz.part"), Arrays.copyOf(CONTENT, 1000));
    try (FileServer server =
        new FileServer(CONTENT, FileServer.status(416), FileServer.whole(null))) {
      fetch(server.address());
      assertFetched();
      assertEquals(List.of("/images.gz bytes=1000-", "/images.gz"), server.requests());
    }
  }

  @Test
  void aBusyServerIsAskedAgain() throws IOException {
    try (FileServer server =
        new FileServer(
            CONTENT, FileServer.status(503), FileServer.status(429), FileServer.whole(null))) {
      fetch(server.address());
      assertFetched();
      assertTrue(said().contains("images.gz: the server answered 503; trying again in"), said());
    }
  }

  @Test
  void butNotWithoutEnd() throws IOException {
    try (FileServer server = new FileServer(CONTENT, FileServer.status(503))) {
      assertFails(
          ConvoyException.Kind.RESOURCE,
          server.address()
              + "images.gz: the server answered 503, 3 times in a row; 0 B of 293 KiB are there, and"
              + " the same command goes on from there; or name a mirror by --from URL",
          server.address());
      assertEquals(3, server.requests().size());
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
  void aMissingFileIsToldAtOnce() throws IOException {
    try (FileServer server = new FileServer(CONTENT, FileServer.status(404))) {
      assertFails(
          ConvoyException.Kind.RESOURCE,
          server.address()
              + "images.gz: the server answered 404 (it has no such file): name a mirror by --from"
              + " URL",
          server.address());
      assertEquals(1, server.requests().size());
    }
  }

  @Test
  void redirectionsAreFollowedButNotForEver() throws IOException {
    try (FileServer server =
        new FileServer(CONTENT, FileServer.redirect("/elsewhere"), FileServer.whole(null))) {
      fetch(server.address());
      assertFetched();
      assertEquals(List.of("/images.gz", "/elsewhere"), server.requests());
    }
    Files.delete(folder.resolve("images.gz"));
    try (FileServer server = new FileServer(CONTENT, FileServer.redirect("/round"))) {
      assertFails(
          ConvoyException.Kind.RESOURCE,
          server.address()
              + "images.gz: the server sends on to /round (302), which is not followed: from https"
              + " to http, or too often; name a mirror by --from URL",
          server.address());
    }
  }

  @Test
  void wrongBytesAreNotKept() throws IOException {
    try (FileServer server = new FileServer(CONTENT, FileServer.wrongBytes())) {
      ConvoyException e = assertThrows(ConvoyException.class, () -> fetch(server.address()));
      assertEquals(ConvoyException.Kind.DATA, e.kind());
      assertTrue(e.getMessage().contains("images.gz: its SHA-256 is "), e.getMessage());
      assertTrue(
          e.getMessage().contains("that of the published file " + file().sha256()), e.getMessage());
      assertEquals(1, server.requests().size());
      assertEmpty();
    }
  }

  /** Before a byte of it is written. */
  @Test
  void aHugeFileIsRefusedByItsHead() throws IOException {
    try (FileServer server = new FileServer(CONTENT, FileServer.claiming(1L << 40))) {
      assertFails(
          ConvoyException.Kind.DATA,
          server.address()
              + "images.gz: the server announces 1099511627776 bytes, the published file has 300001:"
              + " it is another file; name a mirror by --from URL",
          server.address());
      assertEquals(0, Files.size(folder.resolve("images.gz.part")));
    }
  }

  @Test
  void aBodyWithoutALengthMayNotGoOn() throws IOException {
    try (FileServer server = new FileServer(CONTENT, FileServer.endless())) {
      assertFails(
          ConvoyException.Kind.DATA,
          "images.gz: the server sends more than the 300001 bytes of the published file: it is"
              + " another file; name a mirror by --from URL",
          server.address());
      assertTrue(Files.size(folder.resolve("images.gz.part")) <= CONTENT.length);
    }
  }

  @Test
  void aServerThatFallsSilentIsLeft() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      URI address = URI.create("http://127.0.0.1:%d/".formatted(silent.getLocalPort()));
      FetchLimits hasty =
          new FetchLimits(2, 1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(300));
      Fetch fetch = new Fetch(set(address), folder, hasty, progress());
      ConvoyException e = assertThrows(ConvoyException.class, fetch::run);
      assertTrue(e.getMessage().contains("2 times in a row"), e.getMessage());
    }
  }

  /** The head came, the body stops in the middle, and the connection stays open. */
  @Test
  void aBodyThatFallsSilentIsLeft() throws IOException {
    CountDownLatch done = new CountDownLatch(1);
    FileServer.Answer silent =
        (exchange, content) -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content, 0, 1000);
          exchange.getResponseBody().flush();
          try {
            done.await(60, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (FileServer server = new FileServer(CONTENT, silent, FileServer.whole(null))) {
      FetchLimits hasty =
          new FetchLimits(
              50, 1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(700));
      new Fetch(set(server.address()), folder, hasty, progress()).run();
      assertFetched();
      assertTrue(server.requests().get(1).startsWith("/images.gz bytes=1000-"));
    } finally {
      done.countDown();
    }
  }

  @Test
  void nobodyListens() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:%d/".formatted(closed));
    ConvoyException e = assertThrows(ConvoyException.class, () -> fetch(nobody));
    assertTrue(e.getMessage().contains("the connection failed ("), e.getMessage());
    assertTrue(e.getMessage().contains("3 times in a row"), e.getMessage());
  }

  @Test
  void aServerWithoutAnAddressIsToldAtOnce() {
    ConvoyException e =
        assertThrows(
            ConvoyException.class, () -> fetch(URI.create("http://no-such-host.invalid/")));
    assertTrue(
        e.getMessage()
            .startsWith(
                "http://no-such-host.invalid/images.gz: the name of the server has no address: is"
                    + " this machine online?"),
        e.getMessage());
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

  private void fetch(URI address) {
    new Fetch(set(address), folder, limits(), progress()).run();
  }

  private static FetchLimits limits() {
    return new FetchLimits(
        3, 30_000, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(30));
  }

  private TransferProgress progress() {
    return TransferProgress.choose(
        "none", false, new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  private static PublishedFile file() {
    try {
      return new PublishedFile(
          "images.gz", CONTENT.length, PublishedFile.sha256Of(new ByteArrayInputStream(CONTENT)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static PublishedSet set(URI address) {
    return new PublishedSet("test", address, List.of(file()), Optional.empty(), "nobody");
  }

  private void assertFails(ConvoyException.Kind kind, String message, URI address) {
    ConvoyException e = assertThrows(ConvoyException.class, () -> fetch(address));
    assertEquals(message, e.getMessage());
    assertEquals(kind, e.kind());
    assertFalse(Files.exists(folder.resolve("images.gz")));
  }

  private void assertFetched() throws IOException {
    assertArrayEquals(CONTENT, Files.readAllBytes(folder.resolve("images.gz")));
    Files.delete(folder.resolve("images.gz"));
    assertEmpty();
    Files.write(folder.resolve("images.gz"), CONTENT);
  }

  private void assertEmpty() throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8).strip();
  }

  private static byte[] content() {
    byte[] content = new byte[300_001];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 + i / 257);
    }
    return content;
  }
}
