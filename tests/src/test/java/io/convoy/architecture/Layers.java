package io.convoy.architecture;

import java.util.List;

/** The packages of core from the bottom up, by their names below {@code io.convoy}. */
final class Layers {
  static final String ROOT = "io.convoy";

  /** Each may import what stands on its own line or before it; a cycle is another rule's affair. */
  static final List<List<String>> CORE =
      List.of(
          List.of("error"),
          List.of("random", "tensor"),
          List.of("kernel"),
          List.of("layer", "loss", "optimizer", "schedule", "init"),
          List.of("network"),
          List.of("data", "train", "format", "zoo"));

  static final String LAUNCHER = "launcher";

  private Layers() {}

  /** ArchUnit's pattern for a package and all below it. */
  static String pattern(String name) {
    return ROOT + "." + name + "..";
  }

  static String[] patterns(List<String> names) {
    return names.stream().map(Layers::pattern).toArray(String[]::new);
  }

  static String[] corePatterns() {
    return patterns(CORE.stream().flatMap(List::stream).toList());
  }

  /** What code of the given level may see of Convoy: its own level and those below. */
  static String[] allowedPatterns(int level) {
    return patterns(CORE.subList(0, level + 1).stream().flatMap(List::stream).toList());
  }
}
