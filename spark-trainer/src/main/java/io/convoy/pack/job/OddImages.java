package io.convoy.pack.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Images that are packed, and of which something is to be told.
 *
 * @param images how many
 * @param first the names of the first of them, at most {@value #NAMED}
 */
record OddImages(
    @JsonProperty(required = true) long images, @JsonProperty(required = true) List<String> first) {
  static final OddImages NONE = new OddImages(0, List.of());

  private static final int NAMED = 5;

  OddImages {
    first = List.copyOf(first);
  }

  /** One more. */
  OddImages with(String name) {
    return plus(new OddImages(1, List.of(name)));
  }

  OddImages plus(OddImages next) {
    List<String> names = new ArrayList<>(first);
    names.addAll(next.first);
    return new OddImages(images + next.images, names.subList(0, Math.min(NAMED, names.size())));
  }

  /**
   * In words; nothing where there are none.
   *
   * @param what they are
   */
  List<String> inWords(String place, String what) {
    if (images == 0) {
      return List.of();
    }
    String further =
        images > first.size()
            ? String.format(Locale.ROOT, " and %,d more", images - first.size())
            : "";
    return List.of(
        String.format(
            Locale.ROOT,
            "%s: %s: %,d (%s%s)",
            place,
            what,
            images,
            String.join(", ", first),
            further));
  }
}
