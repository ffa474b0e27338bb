package io.convoy.pack.job;

import java.util.List;

/**
 * What was packed.
 *
 * @param folder of the sets
 * @param sets in their order
 */
public record PackSummary(String folder, List<PackedCount> sets) {
  /**
   * A set.
   *
   * @param name its folder below; empty where it is the only one
   * @param images that are packed
   * @param rejected images that cannot be read, which rejected.parquet names
   * @param classes how many
   * @param files how many
   * @param groups row groups
   * @param bytes of the files
   */
  public record PackedCount(
      String name, long images, long rejected, int classes, int files, int groups, long bytes) {}

  static PackSummary of(String folder, List<PackResult> results) {
    return new PackSummary(
        folder,
        results.stream()
            .map(
                result ->
                    new PackedCount(
                        result.set().name(),
                        result.packed(),
                        result.rejected(),
                        result.classes().size(),
                        result.files().size(),
                        result.groups(),
                        result.bytes()))
            .toList());
  }
}
