package io.convoy.benchmarks.layers;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The ratios of a group of problems in one figure.
 *
 * @param group what they have in common
 * @param set the network, or {@link #ALL}
 * @param points how many
 * @param mean the geometric mean of their ratios, each counted once
 * @param share the median share of the peak that Convoy reaches
 * @param least the least ratio
 * @param leastAt which problem that is
 */
public record Summary(
    Group group, String set, int points, double mean, double share, double least, String leastAt) {
  static final String ALL = "all";

  /** The networks whose 3x3 convolutions are compared on their own. */
  private static final List<String> THREE_BY_THREE_SETS = List.of("vgg16", "resnet50");

  /** A summary for each group over all sets, followed by those of its single sets. */
  public static List<Summary> of(List<LayerResult> results) {
    List<Summary> summaries = new ArrayList<>();
    for (Group group : Group.values()) {
      List<LayerResult> members =
          results.stream().filter(r -> r.group() == group && r.comparable()).toList();
      if (members.isEmpty()) {
        continue;
      }
      summaries.add(of(group, ALL, members));
      Set<String> sets = new LinkedHashSet<>(members.stream().map(LayerResult::set).toList());
      boolean threeByThree = group == Group.THREE_BY_THREE || group == Group.THREE_BY_THREE_WEIGHTS;
      if (threeByThree && sets.containsAll(THREE_BY_THREE_SETS)) {
        List<LayerResult> both =
            members.stream().filter(r -> THREE_BY_THREE_SETS.contains(r.set())).toList();
        summaries.add(of(group, String.join(" and ", THREE_BY_THREE_SETS), both));
      }
      for (String set : sets) {
        summaries.add(of(group, set, members.stream().filter(r -> r.set().equals(set)).toList()));
      }
    }
    return summaries;
  }

  private static Summary of(Group group, String set, List<LayerResult> members) {
    double[] ratios = members.stream().mapToDouble(LayerResult::ratio).toArray();
    double peak = members.stream().mapToDouble(LayerResult::peak).max().orElseThrow();
    double[] shares = members.stream().mapToDouble(r -> r.speed() / peak).toArray();
    LayerResult least = members.get(0);
    for (LayerResult member : members) {
      least = member.ratio() < least.ratio() ? member : least;
    }
    return new Summary(
        group,
        set,
        ratios.length,
        StatUtils.geometricMean(ratios),
        StatUtils.percentile(shares, 50),
        least.ratio(),
        "%s, %s, batch %s".formatted(least.name(), least.direction(), least.batch()));
  }
}
