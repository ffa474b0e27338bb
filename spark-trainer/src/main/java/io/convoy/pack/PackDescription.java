package io.convoy.pack;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.data.FileStore;
import io.convoy.data.Fingerprint;
import io.convoy.data.LabelSets;
import io.convoy.data.RowGroups;
import io.convoy.data.StoredFile;
import io.convoy.data.reader.Pack;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What {@code dataset.json} says of a packed set. Its files hold the rows, one behind the other.
 *
 * @param format the version of the format: {@value #FORMAT}, or {@value #SEVERAL} where images may
 *     have several labels
 * @param seed of the random order
 * @param classes their names, by label
 * @param imagesByClass how many images each has
 * @param labelSets where images may have several labels, the sets of labels that occur, in the
 *     order of {@link LabelSets}: what the numbers stand for that rows have for labels; else null
 * @param images all of them: the sum
 * @param height of every image, in pixels; null where they differ
 * @param width of every image, in pixels; null where they differ
 * @param window W, the rows of a stream that training reads, and shuffles, together
 * @param grey sums of the grey values of all images
 * @param rgb sums of red, green and blue
 * @param fingerprint SHA-256 of classes, window, and of each row group its rows and their digest:
 *     of what the samples are and of the order in which training takes them, not of the files
 * @param labelsSha256 SHA-256 of {@value PackedLabels#FILE}, which has the labels of all rows
 * @param files in the order of their rows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PackDescription(
    @JsonProperty(required = true) int format,
    @JsonProperty(required = true) long seed,
    @JsonProperty(required = true) List<String> classes,
    @JsonProperty(required = true) List<Long> imagesByClass,
    List<PackedLabelSet> labelSets,
    @JsonProperty(required = true) long images,
    Integer height,
    Integer width,
    @JsonProperty(required = true) int window,
    @JsonProperty(required = true) PackedSums grey,
    @JsonProperty(required = true) PackedSums rgb,
    @JsonProperty(required = true) String fingerprint,
    @JsonProperty(required = true) String labelsSha256,
    @JsonProperty(required = true) List<PackedFile> files) {
  /** The version that this Convoy writes and reads. */
  public static final int FORMAT = 1;

  /** Likewise, where images may have several labels. */
  public static final int SEVERAL = 2;

  /** A million row groups take some 150 MB. */
  private static final long MOST_BYTES = 1L << 30;

  /** What every version of the format has. */
  private record Version(@JsonProperty(required = true) int format) {}

  public PackDescription {
    classes = List.copyOf(classes);
    imagesByClass = List.copyOf(imagesByClass);
    files = List.copyOf(files);
    long rows = files.stream().flatMap(f -> f.groups().stream()).mapToLong(PackedGroup::rows).sum();
    labelSets = labelSets == null ? null : List.copyOf(labelSets);
    long counted = imagesByNumber(imagesByClass, labelSets).stream().mapToLong(n -> n).sum();
    if (rows != images || counted != images || images < 1 || images > Integer.MAX_VALUE) {
      throw ConvoyException.data(
          "a packed set has 1 to %d images, as many as its row groups' rows and its classes'"
              + " images; got %d, %d and %d",
          Integer.MAX_VALUE, images, rows, counted);
    }
    if (classes.isEmpty() || imagesByClass.size() != classes.size() || window < 1) {
      throw ConvoyException.data(
          "a packed set has a class at least, a count for each, and a window of a row at least; got"
              + " %d classes, %d counts, a window of %d",
          classes.size(), imagesByClass.size(), window);
    }
    requireSets(format, classes.size(), imagesByClass, labelSets);
  }

  private static void requireSets(
      int format, int classes, List<Long> imagesByClass, List<PackedLabelSet> sets) {
    if ((format == SEVERAL) != (sets != null)) {
      throw ConvoyException.data(
          "a packed set has labelSets where its format is %d; got format %d", SEVERAL, format);
    }
    if (sets == null) {
      return;
    }
    List<List<Integer>> labels = sets.stream().map(PackedLabelSet::labels).toList();
    boolean known = labels.stream().flatMap(List::stream).allMatch(l -> l >= 0 && l < classes);
    boolean ascending =
        labels.stream().allMatch(set -> set.equals(List.copyOf(new TreeSet<>(set))));
    if (!known
        || !ascending
        || !labels.equals(LabelSets.of(labels).all())
        || !PackedLabelSet.imagesByClass(sets, classes).equals(imagesByClass)) {
      throw ConvoyException.data(
          "a packed set's labelSets are of its %d classes, each in ascending order, once, and have"
              + " the images of imagesByClass; they do not: copy the set again, or pack it again",
          classes);
    }
  }

  private static List<Long> imagesByNumber(List<Long> byClass, List<PackedLabelSet> sets) {
    return sets == null ? byClass : sets.stream().map(PackedLabelSet::images).toList();
  }

  /** How many images have each of the numbers that rows have for labels. */
  List<Long> imagesByNumber() {
    return imagesByNumber(imagesByClass, labelSets);
  }

  /**
   * Reads a set's description and checks that its parts agree.
   *
   * @throws ConvoyException of kind DATA when the folder has none, or it is of another version, or
   *     was changed
   */
  public static PackDescription read(FileStore files, String folder) {
    String path = folder + "/" + Pack.DESCRIPTION;
    requireIn(files, folder);
    long length = StoredFile.length(files, path);
    if (length > MOST_BYTES) {
      throw ConvoyException.data(
          "%s: a description has at most %d bytes; got %d", path, MOST_BYTES, length);
    }
    byte[] json = StoredFile.read(files, path);
    Version version = Json.readFile(json, Version.class, path);
    if (version == null || (version.format() != FORMAT && version.format() != SEVERAL)) {
      throw ConvoyException.data(
          "%s: the set has version %s of the format, this Convoy reads %d and %d: read it by the"
              + " Convoy that packed it, or pack it again",
          path, version == null ? "none" : version.format(), FORMAT, SEVERAL);
    }
    PackDescription read = Json.readFile(json, PackDescription.class, path);
    String fingerprint = fingerprint(read.classes(), read.labelSets(), read.window(), read.files());
    if (!read.fingerprint().equals(fingerprint)) {
      throw ConvoyException.data(
          "%s: its fingerprint is not that of its row groups, classes and window: it was changed;"
              + " copy the set again, or pack it again",
          path);
    }
    return read;
  }

  /** Checks that a folder is a packed set. */
  static void requireIn(FileStore files, String folder) {
    String path = folder + "/" + Pack.DESCRIPTION;
    if (!StoredFile.exists(files, path)) {
      throw ConvoyException.data(
          "%s: no such file: a packed set has one, written when all else is there; make the set by"
              + " convoy pack, or name another folder",
          path);
    }
  }

  /** The fingerprint of such a set. */
  public static String fingerprint(
      List<String> classes, List<PackedLabelSet> sets, int window, List<PackedFile> files) {
    Fingerprint sum = new Fingerprint().add(sets == null ? FORMAT : SEVERAL).add(classes.size());
    classes.forEach(sum::add);
    if (sets != null) {
      sum.add(sets.size());
      sets.forEach(set -> add(set.labels(), sum));
    }
    sum.add(window);
    for (PackedFile file : files) {
      for (PackedGroup group : file.groups()) {
        sum.add(group.rows()).add(group.sha256());
      }
    }
    return sum.hex();
  }

  private static void add(List<Integer> labels, Fingerprint sum) {
    sum.add(labels.size());
    labels.forEach(sum::add);
  }

  /** How the rows lie in groups. */
  RowGroups rowGroups() {
    int[] sizes =
        files.stream().flatMap(f -> f.groups().stream()).mapToInt(PackedGroup::rows).toArray();
    return RowGroups.of(sizes, window);
  }

  /** The shape of every image, read with so many channels; empty where each has its own size. */
  Optional<Shape> commonShape(int channels) {
    return height == null || width == null
        ? Optional.empty()
        : Optional.of(Shape.of(height, width, channels));
  }

  /** The bytes of the largest row group. */
  long largestGroup() {
    return files.stream()
        .flatMap(f -> f.groups().stream())
        .mapToLong(PackedGroup::bytes)
        .max()
        .orElseThrow();
  }

  /** The bytes of all files. */
  long bytes() {
    return files.stream().mapToLong(PackedFile::bytes).sum();
  }
}
