package io.convoy.pretrained;

import java.util.List;

/**
 * What a training has started from, array by array.
 *
 * @param weights where they were
 * @param sha256 of the file, or of a run's weights, in hexadecimal
 * @param loaded arrays of the network that start from the weights
 * @param fresh arrays that start from their initializers
 * @param skipped tensors among the weights that the network has no use for, by their names there
 * @param notes what was read otherwise than it stands there; often none
 */
public record StartReport(
    String weights,
    String sha256,
    List<String> loaded,
    List<String> fresh,
    List<String> skipped,
    List<String> notes) {
  private static final int NAMED = 8;

  public StartReport {
    loaded = List.copyOf(loaded);
    fresh = List.copyOf(fresh);
    skipped = List.copyOf(skipped);
    notes = List.copyOf(notes);
  }

  /** One line with the counts, and the names where there are few. */
  public String line() {
    return "%s (SHA-256 %s…): %s arrays loaded, %s, %s%s"
        .formatted(
            weights,
            sha256.substring(0, 12),
            loaded.size(),
            some(fresh, "fresh"),
            some(skipped, "of the weights skipped"),
            notes.isEmpty() ? "" : "; " + String.join("; ", notes));
  }

  private static String some(List<String> names, String what) {
    if (names.isEmpty()) {
      return "none " + what;
    }
    int further = names.size() - NAMED;
    return "%s %s (%s%s)"
        .formatted(
            names.size(),
            what,
            String.join(", ", names.subList(0, Math.min(NAMED, names.size()))),
            further > 0 ? " and %s more".formatted(further) : "");
  }
}
