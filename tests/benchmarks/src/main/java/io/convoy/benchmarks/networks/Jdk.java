package io.convoy.benchmarks.networks;

import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A JDK that Convoy is measured on in a process of its own.
 *
 * @param home its folder
 * @param version such as 17.0.21
 */
public record Jdk(Path home, String version) {
  /** The one that runs this. */
  public static Jdk here() {
    return new Jdk(Path.of(System.getProperty("java.home")), System.getProperty("java.version"));
  }

  /**
   * The JDK in a folder.
   *
   * @throws ConvoyException when there is none
   */
  public static Jdk at(Path home) {
    Properties release = new Properties();
    try (Reader text = Files.newBufferedReader(home.resolve("release"))) {
      release.load(text);
    } catch (IOException e) {
      throw ConvoyException.usage(
          "--jdks must be homes of JDKs, each with a file \"release\"; got %s", home);
    }
    return new Jdk(home, release.getProperty("JAVA_VERSION", "unknown").replace("\"", ""));
  }

  /** What starts its JVM. */
  public String java() {
    return home.resolve("bin").resolve("java").toString();
  }
}
