package io.convoy.pack.job;

import io.convoy.data.PackedOrder;
import io.convoy.pack.PackDescription;
import io.convoy.pack.PackedFile;
import io.convoy.pack.PackedGroup;
import io.convoy.pack.PackedLabelSet;
import io.convoy.pack.PackedSums;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A set whose files are written.
 *
 * @param set what was to be packed
 * @param folder in which it is made
 * @param labels of the classes
 * @param parts in the order of their numbers
 * @param images that the source has of these classes
 */
record PackResult(
    NamedInput set, PartFolder folder, ClassLabels labels, List<PackedPart> parts, long images) {

  static PackResult of(
      NamedInput set, PartFolder folder, ClassLabels labels, List<PackedPart> parts, long images) {
    List<PackedPart> sorted =
        parts.stream().sorted(Comparator.comparingInt(PackedPart::number)).toList();
    return new PackResult(set, folder, labels, sorted, images);
  }

  /** By label. */
  List<String> classes() {
    return labels.names();
  }

  /** How many images cannot be read. */
  long rejected() {
    return parts.stream().mapToLong(PackedPart::rejected).sum();
  }

  /** What is told of images that are packed all the same. */
  List<String> inWords() {
    List<String> told = new ArrayList<>();
    String place = set.input().place();
    told.addAll(
        odd(PackedPart::extraneous)
            .inWords(place, "JPEG with bytes that do not belong there, but read"));
    told.addAll(
        odd(PackedPart::coarse).inWords(place, "JPEG that lacks scans, so that it is coarse"));
    return told;
  }

  private OddImages odd(Function<PackedPart, OddImages> which) {
    return parts.stream().map(which).reduce(OddImages.NONE, OddImages::plus);
  }

  List<PackedFile> files() {
    return parts.stream().map(PackedPart::file).filter(Objects::nonNull).toList();
  }

  /** How many images are packed. */
  long packed() {
    return imagesByNumber().stream().mapToLong(Long::longValue).sum();
  }

  private List<Long> imagesByNumber() {
    List<Long> counts = new ArrayList<>();
    for (int number = 0; number < labels.numbers(); number++) {
      int of = number;
      counts.add(parts.stream().mapToLong(part -> part.imagesByClass().get(of)).sum());
    }
    return counts;
  }

  /** Null where each image has one label. */
  private List<PackedLabelSet> labelSets() {
    if (labels.sets() == null) {
      return null;
    }
    List<Long> counts = imagesByNumber();
    List<PackedLabelSet> sets = new ArrayList<>();
    for (List<Integer> set : labels.sets()) {
      sets.add(new PackedLabelSet(set, counts.get(sets.size())));
    }
    return sets;
  }

  long bytes() {
    return files().stream().mapToLong(PackedFile::bytes).sum();
  }

  /**
   * What the set's dataset.json says; it has an image at least.
   *
   * @param labelsSha256 that of the file of its labels
   */
  PackDescription description(PackOptions options, String labelsSha256) {
    List<PackedFile> files = files();
    int window = PackedOrder.window(packed(), groups());
    List<PackedLabelSet> sets = labelSets();
    return new PackDescription(
        sets == null ? PackDescription.FORMAT : PackDescription.SEVERAL,
        options.seed(),
        classes(),
        sets == null ? imagesByNumber() : PackedLabelSet.imagesByClass(sets, classes().size()),
        sets,
        packed(),
        common(PackedPart::heights),
        common(PackedPart::widths),
        window,
        sum(PackedPart::grey),
        sum(PackedPart::rgb),
        PackDescription.fingerprint(classes(), sets, window, files),
        labelsSha256,
        files);
  }

  private Integer common(Function<PackedPart, List<Integer>> range) {
    int least = parts.stream().mapToInt(part -> range.apply(part).get(0)).min().orElseThrow();
    int most = parts.stream().mapToInt(part -> range.apply(part).get(1)).max().orElseThrow();
    return least == most ? least : null;
  }

  private PackedSums sum(Function<PackedPart, PackedSums> sums) {
    List<PackedSums> all = parts.stream().map(sums).toList();
    return new PackedSums(
        sum(all.stream().map(PackedSums::pixels).toList()),
        channels(all.stream().map(PackedSums::sums).toList()),
        channels(all.stream().map(PackedSums::squares).toList()));
  }

  private static List<String> channels(List<List<String>> numbers) {
    List<String> sums = new ArrayList<>();
    for (int channel = 0; channel < numbers.get(0).size(); channel++) {
      int of = channel;
      sums.add(sum(numbers.stream().map(list -> list.get(of)).toList()));
    }
    return sums;
  }

  private static String sum(List<String> numbers) {
    return numbers.stream()
        .map(BigInteger::new)
        .reduce(BigInteger.ZERO, BigInteger::add)
        .toString();
  }

  /** How many row groups there are. */
  int groups() {
    return files().stream().map(PackedFile::groups).mapToInt(List<PackedGroup>::size).sum();
  }
}
