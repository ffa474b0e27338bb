package io.convoy.selection;

import io.convoy.data.FileStore;
import io.convoy.ensemble.MemberSelection;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The checkpoints of some runs that a selection names: of each run so many, as if it were alone.
 * Needs no Spark.
 *
 * @param runs at least one, each another
 * @param selection which checkpoints of each
 * @param members in the order of runs; within a run as {@link MemberSelection#from} orders them
 */
public record MemberPool(
    List<MemberRun> runs, MemberSelection selection, List<PoolMember> members) {
  /** As many as the folder of an ensemble may hold. */
  private static final int MOST = 1000;

  public MemberPool {
    runs = List.copyOf(runs);
    members = List.copyOf(members);
  }

  /**
   * Looks at the runs' folders.
   *
   * @param heldBack whether what the runs hold back decides
   * @throws ConvoyException of kind USAGE when a run is named twice, has too few checkpoints, was
   *     trained on other images than the first, or holds none back where these decide
   */
  public static MemberPool of(List<MemberRun> runs, MemberSelection selection, boolean heldBack) {
    Set<String> locations = new HashSet<>();
    List<PoolMember> members = new ArrayList<>();
    for (MemberRun run : runs) {
      if (!locations.add(run.folder().location())) {
        throw ConvoyException.usage(
            "%s is named twice: a run's checkpoints become members once", run.name());
      }
      if (heldBack) {
        run.requireHeldBack();
      }
      requireSameImages(runs.get(0), run);
      selection.from(run.checkpoints(), run.goal(), run.name()).stream()
          .map(checkpoint -> new PoolMember(run, checkpoint))
          .forEach(members::add);
    }
    if (members.size() > MOST) {
      throw ConvoyException.usage(
          "an ensemble has at most %d members to choose among; got %d: name fewer runs, or select"
              + " last:N or best:N",
          MOST, members.size());
    }
    return new MemberPool(runs, selection, members);
  }

  private static void requireSameImages(MemberRun first, MemberRun other) {
    String one = first.folder().description().dataFingerprint();
    String two = other.folder().description().dataFingerprint();
    if (!one.equals(two)) {
      throw ConvoyException.usage(
          "runs of an ensemble must be trained on the same set; the images' SHA-256 is %s in %s, and"
              + " %s in %s: leave one of them out",
          one, first.name(), two, other.name());
    }
  }

  /**
   * How many images decide, at the most: what memory is reckoned by.
   *
   * @param validation a set of its own; null for what the runs have validated on
   */
  public long deciding(String validation, FileStore files) {
    if (validation != null) {
      return OwnImages.count(validation, runs.get(0).recipe(), files);
    }
    return runs.stream().mapToLong(MemberRun::validated).max().orElse(0);
  }
}
