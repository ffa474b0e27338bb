package io.convoy.launcher.doctor;

import com.sun.management.OperatingSystemMXBean;
import io.convoy.launcher.progress.ByteSize;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Processors, memory and disk, with the limits of a container. */
record MachineCheck(Surroundings surroundings) implements Check {
  private static final long LEAST_HEAP = 1L << 30;
  private static final long LEAST_DISK = 2L << 30;
  private static final double MOST_HEAP_SHARE = 0.9;
  private static final Path CGROUP_PROCESSORS = Path.of("/sys/fs/cgroup/cpu.max");

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(processors());
    findings.add(memory());
    for (Path place : spillFolders()) {
      findings.add(disk(place));
    }
    return findings;
  }

  private static Finding processors() {
    int processors = Runtime.getRuntime().availableProcessors();
    Optional<Double> quota = quota();
    if (quota.isPresent() && quota.get() < processors) {
      return Finding.warn(
          "processors",
          String.format(
              Locale.ROOT, "%d, but the container may use %.1f of them", processors, quota.get()),
          "give --threads %s, or the container a higher limit"
              .formatted(Math.max(1, (int) Math.floor(quota.get()))));
    }
    return Finding.ok(
        "processors",
        "%d%s",
        processors,
        quota
            .map(limit -> String.format(Locale.ROOT, " (container limit %.1f)", limit))
            .orElse(""));
  }

  /** Processors' time that a container may use (cgroup v2); empty without a limit. */
  private static Optional<Double> quota() {
    try {
      String[] words = Files.readString(CGROUP_PROCESSORS).strip().split("\\s+");
      return words.length == 2 && !words[0].equals("max")
          ? Optional.of(Double.parseDouble(words[0]) / Double.parseDouble(words[1]))
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty(); // no Linux, or no container
    }
  }

  private static Finding memory() {
    long heap = Runtime.getRuntime().maxMemory();
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long memory = machine.getTotalMemorySize(); // a container's limit where there is one
    String found = "heap %s of %s".formatted(ByteSize.of(heap), ByteSize.of(memory));
    if (heap > MOST_HEAP_SHARE * memory) {
      return Finding.warn(
          "memory",
          found + ": too little is left for buffers outside of it",
          "give less to the heap, such as CONVOY_DRIVER_MEMORY=%sm"
              .formatted((long) (0.75 * memory) >> 20));
    }
    if (heap < LEAST_HEAP) {
      return Finding.warn(
          "memory",
          found + ": too little for all but small networks",
          "give more to the heap, such as CONVOY_DRIVER_MEMORY=2g (spark-submit: --driver-memory"
              + " 2g); convoy summary says what a recipe takes");
    }
    return Finding.ok("memory", "%s", found);
  }

  /** Where Spark puts what does not fit into memory. */
  private List<Path> spillFolders() {
    String folders =
        surroundings.variable("SPARK_LOCAL_DIRS").orElse(System.getProperty("java.io.tmpdir"));
    return Stream.of(folders.split(",")).map(String::strip).map(Path::of).toList();
  }

  private static Finding disk(Path folder) {
    String choose = "point SPARK_LOCAL_DIRS to a folder with room";
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      return Finding.fail("disk", "%s cannot be written to".formatted(folder), choose);
    }
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      String found = "%s free in %s, where Spark spills to".formatted(ByteSize.of(free), folder);
      return free < LEAST_DISK
          ? Finding.warn("disk", found, "make room, or " + choose)
          : Finding.ok("disk", "%s", found);
    } catch (IOException e) {
      return Finding.fail("disk", "%s: %s".formatted(folder, e), choose);
    }
  }
}
