package io.convoy.kernel.simd.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is committed is what the generator writes. After a change of the generator, {@code
 * -Dconvoy.write.tiles=true} makes this test write the files first.
 */
class GeneratedTilesTest {
  private static final Path SOURCES = Path.of("src", "main", "java");

  @BeforeAll
  static void writeWhereAsked() throws IOException {
    if (Boolean.getBoolean("convoy.write.tiles")) {
      for (GeneratedClass generated : GeneratedTiles.all()) {
        Files.writeString(SOURCES.resolve(generated.path()), generated.text());
      }
    }
  }

  static Stream<GeneratedClass> all() {
    return GeneratedTiles.all().stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  void isAsCommitted(GeneratedClass generated) throws IOException {
    Path file = SOURCES.resolve(generated.path());
    assertEquals(
        generated.text(),
        Files.readString(file),
        () ->
            file
                + " is not what io.convoy.kernel.simd.generator writes: change that, and run"
                + " GeneratedTilesTest once with -Dconvoy.write.tiles=true");
  }

  /** A tile that the generator no longer writes is deleted. */
  @Test
  void nothingIsLeftOver() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES.resolve("io/convoy/kernel"))) {
      assertEquals(
          all().map(generated -> SOURCES.resolve(generated.path())).collect(Collectors.toSet()),
          files.filter(GeneratedTilesTest::isGenerated).collect(Collectors.toSet()));
    }
  }

  private static boolean isGenerated(Path file) {
    try {
      return Files.isRegularFile(file) && Files.readString(file).startsWith(GeneratedClass.HEADER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
