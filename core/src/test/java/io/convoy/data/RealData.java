package io.convoy.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where real data lie: the folder that CONVOY_DATA names, else ../shared/data beside the project.
 */
public final class RealData {
  private RealData() {}

  /** A folder of real data; the test is skipped where it is absent. */
  public static Path folder(String name) {
    String given = System.getenv("CONVOY_DATA");
    Path root = given == null ? Path.of("..", "..", "shared", "data") : Path.of(given);
    Path folder = root.resolve(name).toAbsolutePath().normalize();
    assumeTrue(Files.isDirectory(folder), () -> "skipped: there is no " + folder);
    return folder;
  }
}
