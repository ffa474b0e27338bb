package io.convoy.data.examine;

import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.data.image.ImageFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is told of a set that was examined. */
record ExaminationReport(ExaminedSet set) {
  private static final int NAMED = 5;

  private record Size(int height, int width) {
    @Override
    public String toString() {
      return height + "x" + width;
    }
  }

  private static final Comparator<Size> BY_AREA =
      Comparator.<Size>comparingLong(size -> (long) size.height() * size.width())
          .thenComparingInt(Size::height);

  List<String> inWords() {
    List<String> sentences = new ArrayList<>();
    sentences.add(whole());
    List<String> extraneous = new ArrayList<>();
    List<String> coarse = new ArrayList<>();
    List<String> mislabelled = new ArrayList<>();
    for (int i = 0; i < set.found().size(); i++) {
      Examined found = set.found().get(i);
      String name = set.images().get(i).name();
      if (found.extraneousBytes() > 0) {
        extraneous.add(name);
      }
      if (found.lacksScans()) {
        coarse.add(name);
      }
      if (!found.damaged() && found.mislabelled().isPresent()) {
        mislabelled.add("%s is %s".formatted(name, found.format().title()));
      }
    }
    add(sentences, "JPEG with bytes that do not belong there, but read", extraneous);
    add(sentences, "JPEG that lacks scans, so that it is coarse, but read", coarse);
    add(sentences, "of another format than named, but read", mislabelled);
    return sentences;
  }

  private void add(List<String> sentences, String what, List<String> names) {
    if (!names.isEmpty()) {
      sentences.add(
          "%s: %s: %s (%s)"
              .formatted(set.title(), what, grouped(names.size()), some(names, NAMED)));
    }
  }

  /** The first of some names, and how many more there are. */
  static String some(List<String> names, int named) {
    String first = names.stream().limit(named).collect(Collectors.joining(", "));
    int further = names.size() - named;
    return further > 0 ? first + " and " + grouped(further) + " more" : first;
  }

  private String whole() {
    Map<ImageFormat, Long> formats = new EnumMap<>(ImageFormat.class);
    Map<Size, Long> sizes = new HashMap<>();
    for (Examined found : set.found()) {
      if (!found.damaged()) {
        formats.merge(found.format(), 1L, Long::sum);
        sizes.merge(new Size(found.height(), found.width()), 1L, Long::sum);
      }
    }
    long classes = set.images().stream().mapToInt(StoredImage::label).distinct().count();
    String count =
        "%s: %s images of %s classes"
            .formatted(set.title(), grouped(set.images().size()), grouped(classes));
    if (sizes.isEmpty()) {
      return count + ", all of them damaged";
    }
    long damaged = set.damagedSamples();
    String told = damaged == 0 ? "" : ", %s of them damaged".formatted(grouped(damaged));
    return "%s%s: %s; %s".formatted(count, told, formats(formats), sizes(sizes));
  }

  private static String formats(Map<ImageFormat, Long> formats) {
    return formats.entrySet().stream()
        .map(format -> grouped(format.getValue()) + " " + format.getKey().title())
        .collect(Collectors.joining(", "));
  }

  private static String sizes(Map<Size, Long> sizes) {
    List<Size> byArea = sizes.keySet().stream().sorted(BY_AREA).toList();
    Size smallest = byArea.get(0);
    if (byArea.size() == 1) {
      return "each %s pixels (height x width)".formatted(smallest);
    }
    // of sizes that are equally frequent, the smallest
    Size usual = smallest;
    for (Size size : byArea) {
      usual = sizes.get(size) > sizes.get(usual) ? size : usual;
    }
    return "%s to %s pixels (height x width), most often %s (%s)"
        .formatted(smallest, byArea.get(byArea.size() - 1), usual, grouped(sizes.get(usual)));
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
