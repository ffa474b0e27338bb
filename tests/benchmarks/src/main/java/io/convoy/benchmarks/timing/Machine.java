package io.convoy.benchmarks.timing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where something was measured.
 *
 * @param processor the model's name, or the architecture where the system does not tell
 * @param processors that the JVM sees
 * @param system name and version
 * @param java vendor and version of the JVM
 */
public record Machine(String processor, int processors, String system, String java) {
  /** This machine. */
  public static Machine here() {
    return new Machine(
        processorModel(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vendor") + " " + Runtime.version());
  }

  private static String processorModel() {
    return lineOf(Path.of("/proc/cpuinfo"), "model name", System.getProperty("os.arch"));
  }

  /**
   * The most memory that this process held at a time, in bytes; 0 where the system does not tell.
   */
  public static long peakResidentBytes() {
    String line = lineOf(Path.of("/proc/self/status"), "VmHWM", "0 kB");
    return Long.parseLong(line.split(" ")[0]) * 1024;
  }

  private static String lineOf(Path file, String key, String otherwise) {
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        if (line.startsWith(key)) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException e) {
      return otherwise; // not a Linux
    }
    return otherwise;
  }
}
