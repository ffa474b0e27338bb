package io.convoy.data.examine;

import io.convoy.error.ConvoyException;
import java.io.Serializable;
import java.util.List;

/**
 * Whether a set with damaged images may be used.
 *
 * @param damaged what becomes of it
 * @param limit what {@link Damaged#SKIP} allows, in each set
 */
public record DamageRule(Damaged damaged, DamageLimit limit) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No image may be damaged. */
  public static final DamageRule REFUSE = new DamageRule(Damaged.REFUSE, DamageLimit.USUAL);

  private static final int NAMED = 10;

  /**
   * Checks sets that were examined.
   *
   * @param list the file that names all that is damaged; empty where there is none
   * @throws ConvoyException of kind DATA that names the first {@value #NAMED} damaged files of the
   *     first set that has too many
   */
  public void require(List<ExaminedSet> sets, String list) {
    sets.forEach(set -> require(set, list));
  }

  /** Whether so many damaged ones are few enough. */
  public boolean allows(long found, long images) {
    return switch (damaged) {
      case REFUSE -> found == 0;
      case SKIP -> limit.allows(found, images);
    };
  }

  private void require(ExaminedSet set, String list) {
    long found = set.damagedSamples();
    if (allows(found, set.images().size())) {
      return;
    }
    String remedy =
        switch (damaged) {
          case REFUSE ->
              ": mend them, take them away, or leave them out by data.damaged: skip in the recipe";
          case SKIP ->
              ", more than data.maxDamaged (%s) allows: mend them, take them away, or allow more"
                  .formatted(limit);
        };
    Examined first = set.found().stream().filter(Examined::damaged).findFirst().orElseThrow();
    throw ConvoyException.data(
        "%s of the %s images of the %s are damaged%s%s: %s; the first of them: %s",
        found,
        set.images().size(),
        set.title(),
        remedy,
        list.isEmpty() ? "" : " (" + list + " says why, of each)",
        ExaminationReport.some(set.damaged(), NAMED),
        first.damage());
  }
}
