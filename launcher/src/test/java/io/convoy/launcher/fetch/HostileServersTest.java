package io.convoy.launcher.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Servers that do what servers do wrong. */
final class HostileServersTest extends FetchRig {
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
      URI address = URI.create("http://127.0.0.1:%s/".formatted(silent.getLocalPort()));
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
    URI nobody = URI.create("http://127.0.0.1:%s/".formatted(closed));
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
}
