package io.convoy.launcher.fetch;

import java.util.Map;

/**
 * What an archive holds: one folder of plain files. Whatever else an archive has is refused.
 *
 * @param folder the folder that all entries lie in
 * @param required the files that have to be there, with their sizes in bytes
 * @param optional further files, with the most bytes that they may have
 */
public record ArchiveLayout(String folder, Map<String, Long> required, Map<String, Long> optional) {
  private static final long BATCH = 30_730_000;
  private static final long SMALL = 1 << 16;

  /** 10,000 records of 3,073 bytes in each file. */
  static final ArchiveLayout CIFAR10 =
      new ArchiveLayout(
          "cifar-10-batches-bin",
          Map.of(
              "data_batch_1.bin", BATCH,
              "data_batch_2.bin", BATCH,
              "data_batch_3.bin", BATCH,
              "data_batch_4.bin", BATCH,
              "data_batch_5.bin", BATCH,
              "test_batch.bin", BATCH),
          Map.of("batches.meta.txt", SMALL, "readme.html", SMALL));

  public ArchiveLayout {
    required = Map.copyOf(required);
    optional = Map.copyOf(optional);
  }

  /** Whether a file of this size may bear this name. */
  boolean allows(String name, long size) {
    Long exactly = required.get(name);
    return exactly == null
        ? size >= 0 && size <= optional.getOrDefault(name, -1L)
        : size == exactly;
  }
}
