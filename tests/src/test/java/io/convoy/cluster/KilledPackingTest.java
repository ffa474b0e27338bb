package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.pack.DrawnImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver is killed while it packs; the same command goes on, to the same set. */
@Tag("slow")
final class KilledPackingTest {
  private static final int IMAGES = 400;

  @TempDir Path folder;

  @Test
  void theSameCommandGoesOn() throws Exception {
    Path source = folder.resolve("in");
    for (int i = 0; i < IMAGES; i++) {
      Path file = source.resolve("class-" + i % 5).resolve(i + ".png");
      Files.createDirectories(file.getParent());
      Files.write(file, DrawnImages.png(i, 40, 30));
    }
    Path out = folder.resolve("out");
    Path work = folder.resolve(".out.packing");
    String written = work.resolve(".parts/part-00000.json").toString();
    try (DriverProcess driver = driver(source, out, written)) {
      assertNotNull(driver.await(line -> line.equals("stops")));
      driver.kill();
    }
    assertFalse(Files.exists(out), "nobody sees a part of a set");
    assertTrue(Files.exists(work.resolve("part-00000.parquet")));
    try (DriverProcess driver = driver(source, out, "-")) {
      assertNotNull(driver.await(line -> line.startsWith("going on with what is packed already")));
      assertEquals("done: " + IMAGES, driver.await(line -> line.startsWith("done")));
      assertEquals(0, driver.exitCode());
    }
    assertFalse(Files.exists(work));
    Path afresh = folder.resolve("afresh");
    try (DriverProcess driver = driver(source, afresh, "-")) {
      assertEquals("done: " + IMAGES, driver.await(line -> line.startsWith("done")));
    }
    try (Stream<Path> files = Files.list(afresh)) {
      for (Path file : files.toList()) {
        assertEquals(-1, Files.mismatch(file, out.resolve(file.getFileName())), file.toString());
      }
    }
    assertEquals(names(afresh), names(out));
  }

  private static long names(Path set) throws IOException {
    try (Stream<Path> files = Files.list(set)) {
      return files.count();
    }
  }

  private static DriverProcess driver(Path source, Path out, String stop) throws IOException {
    return new DriverProcess(PackMain.class, "1g", source.toString(), out.toString(), stop);
  }
}
