package io.convoy.architecture;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The packages and what they may import, by their names below {@code io.convoy}. */
final class Layers {
  static final String ROOT = "io.convoy";

  /**
   * Core from the bottom up: each may import what stands on its own line or before it; a cycle is
   * another rule's affair.
   */
  static final List<List<String>> CORE =
      List.of(
          List.of("error", "text"),
          List.of("json"),
          List.of("random", "tensor", "shard", "digest", "targets"),
          List.of("kernel"),
          List.of("operation"),
          List.of("layer", "loss", "optimizer", "schedule", "init"),
          List.of("network"),
          List.of("notation"),
          List.of("plan"),
          List.of("execution"),
          List.of("profile"),
          List.of("data"),
          List.of("recipe"),
          List.of("feed", "health"),
          List.of("preview"),
          List.of("inference"),
          List.of("explain", "evaluation"),
          List.of("ensemble"),
          List.of("train", "format", "pretrained", "zoo"),
          List.of("fault"),
          List.of("check", "search"));

  /**
   * What the packages of kernels may import of each other, one by one: providers stand on the
   * contracts, the parts of the SIMD provider know nothing of each other, and nobody names that
   * provider, which is loaded by name.
   */
  static final Map<String, List<String>> KERNEL =
      Map.of(
          "kernel", List.of(),
          "kernel.scalar", List.of("kernel"),
          "kernel.simd.constant", List.of(),
          "kernel.simd.tile", List.of("kernel", "kernel.scalar", "kernel.simd.constant"),
          "kernel.simd.winograd", List.of("kernel", "kernel.scalar", "kernel.simd.constant"),
          "kernel.simd.depthwise", List.of("kernel", "kernel.scalar", "kernel.simd.constant"),
          "kernel.simd.row", List.of("kernel", "kernel.scalar", "kernel.simd.constant"),
          "kernel.simd.pixel", List.of("kernel", "kernel.scalar", "kernel.simd.constant"),
          "kernel.simd",
              List.of(
                  "kernel",
                  "kernel.scalar",
                  "kernel.simd.constant",
                  "kernel.simd.tile",
                  "kernel.simd.winograd",
                  "kernel.simd.depthwise",
                  "kernel.simd.row",
                  "kernel.simd.pixel"),
          "kernel.provider", List.of("kernel", "kernel.scalar"));

  /**
   * What the trainer's packages may import of each other, one by one: a package and one below it
   * are two. All but rendezvous see core too.
   */
  static final Map<String, List<String>> TRAINER =
      Map.ofEntries(
          Map.entry("exchange.connect", List.of()),
          Map.entry("exchange", List.of("exchange.connect")),
          Map.entry("storage", List.of()),
          Map.entry("checkpoint", List.of("storage")),
          Map.entry("run", List.of("storage", "checkpoint", "release")),
          Map.entry("report", List.of("storage", "run")),
          Map.entry("tensorboard", List.of("storage", "checkpoint")),
          Map.entry("memory", List.of("exchange")),
          Map.entry("rendezvous", List.of()),
          Map.entry("release", List.of()),
          Map.entry("worker", List.of("exchange", "exchange.connect", "rendezvous", "release")),
          Map.entry("images", List.of("storage")),
          Map.entry("pack", List.of("storage")),
          Map.entry("pack.job", List.of("storage", "worker", "images", "pack")),
          Map.entry("predict", List.of("storage", "worker", "images", "pack")),
          Map.entry("selection", List.of("storage", "checkpoint", "run", "memory", "trainer")),
          Map.entry(
              "trials", List.of("storage", "checkpoint", "run", "memory", "worker", "trainer")),
          Map.entry("sql", List.of("storage", "run", "worker", "images", "predict")),
          Map.entry("ml", List.of("storage", "run", "images", "pack.job", "trainer", "sql")),
          Map.entry(
              "trainer",
              List.of(
                  "exchange",
                  "memory",
                  "storage",
                  "checkpoint",
                  "run",
                  "report",
                  "tensorboard",
                  "rendezvous",
                  "worker",
                  "predict")));

  /** Addresses are agreed before anything of a training is known. */
  private static final List<String> RENDEZVOUS_OF_CORE = List.of("error");

  static final String LAUNCHER = "launcher";

  private Layers() {}

  /** ArchUnit's pattern for a package and all below it. */
  static String pattern(String name) {
    return ROOT + "." + name + "..";
  }

  /** ArchUnit's pattern for a package without those below it. */
  static String exactPattern(String name) {
    return ROOT + "." + name;
  }

  static String[] patterns(List<String> names) {
    return names.stream().map(Layers::pattern).toArray(String[]::new);
  }

  private static List<String> core() {
    return CORE.stream().flatMap(List::stream).toList();
  }

  static String[] corePatterns() {
    return patterns(core());
  }

  /** What code of the given level may see of Convoy: its own level and those below. */
  static String[] allowedPatterns(int level) {
    return patterns(CORE.subList(0, level + 1).stream().flatMap(List::stream).toList());
  }

  /** What a package of kernels may see of all kernels: itself, and what its line names. */
  static String[] allowedKernels(String kernelPackage) {
    return Stream.concat(Stream.of(kernelPackage), KERNEL.get(kernelPackage).stream())
        .map(Layers::exactPattern)
        .toArray(String[]::new);
  }

  /** What a package of the trainer may see of Convoy. */
  static String[] allowedPatterns(String trainerPackage) {
    List<String> ofCore = trainerPackage.equals("rendezvous") ? RENDEZVOUS_OF_CORE : core();
    List<String> ofTrainer = TRAINER.get(trainerPackage);
    Stream<String> exact = Stream.concat(Stream.of(trainerPackage), ofTrainer.stream());
    return Stream.concat(ofCore.stream().map(Layers::pattern), exact.map(Layers::exactPattern))
        .toArray(String[]::new);
  }
}
