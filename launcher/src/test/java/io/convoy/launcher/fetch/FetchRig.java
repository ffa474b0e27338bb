package io.convoy.launcher.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.data.reader.Idx;
import io.convoy.error.ConvoyException;
import io.convoy.launcher.progress.TransferProgress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** A file that is fetched from a server on loopback into a folder of the test's own. */
abstract class FetchRig {
  static final byte[] CONTENT = content();

  @TempDir Path folder;
  final ByteArrayOutputStream said = new ByteArrayOutputStream();

  void fetch(URI address) {
    new Fetch(set(address), folder, limits(), progress()).run();
  }

  static FetchLimits limits() {
    return new FetchLimits(
        3, 30_000, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(30));
  }

  TransferProgress progress() {
    return TransferProgress.choose(
        "none", false, new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  static PublishedFile file() {
    try {
      return new PublishedFile(
          "images.gz", CONTENT.length, PublishedFile.sha256Of(new ByteArrayInputStream(CONTENT)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static PublishedSet set(URI address) {
    return new PublishedSet(
        "test", new Idx(), address, List.of(file()), Optional.empty(), "nobody");
  }

  void assertFails(ConvoyException.Kind kind, String message, URI address) {
    ConvoyException e = assertThrows(ConvoyException.class, () -> fetch(address));
    assertEquals(message, e.getMessage());
    assertEquals(kind, e.kind());
    assertFalse(Files.exists(folder.resolve("images.gz")));
  }

  void assertFetched() throws IOException {
    assertArrayEquals(CONTENT, Files.readAllBytes(folder.resolve("images.gz")));
    Files.delete(folder.resolve("images.gz"));
    assertEmpty();
    Files.write(folder.resolve("images.gz"), CONTENT);
  }

  void assertEmpty() throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  String said() {
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
