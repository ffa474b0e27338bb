package io.convoy.pack;

import io.convoy.data.ChannelSums;
import io.convoy.data.FileStore;
import io.convoy.data.Fingerprint;
import io.convoy.data.GroupedSource;
import io.convoy.data.ImageGroup;
import io.convoy.data.LabelSets;
import io.convoy.data.image.Background;
import io.convoy.error.ConvoyException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An open packed set. Its row groups are read whole, since that is what their digests are of. */
final class PackSource extends GroupedSource {
  private final FileStore files;
  private final PackDataSet set;
  private final PackDescription description;
  private final List<String> classes;

  /** What the numbers here stand for. */
  private final LabelSets sets;

  /** What each number of the files is here. */
  private final int[] labelsHere;

  /** The first group of each file. */
  private final int[] firstGroups;

  private PackedLabels labels;

  PackSource(
      FileStore files,
      PackDataSet set,
      PackDescription description,
      List<String> classes,
      LabelSets sets,
      int[] labelsHere) {
    super(
        description.rowGroups(),
        description.commonShape(set.channels()).orElse(null),
        !set.anySize(),
        set.channels(),
        set.background());
    this.files = files;
    this.set = set;
    this.description = description;
    this.classes = classes;
    this.sets = sets;
    this.labelsHere = labelsHere;
    firstGroups = new int[description.files().size()];
    for (int file = 1; file < firstGroups.length; file++) {
      firstGroups[file] = firstGroups[file - 1] + description.files().get(file - 1).groups().size();
    }
  }

  /** They were made over white. */
  @Override
  public Optional<ChannelSums> channelSums() {
    if (!set.background().equals(Background.WHITE)) {
      return Optional.empty();
    }
    return Optional.of((channels() == 1 ? description.grey() : description.rgb()).numbers());
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  protected LabelSets labelSets() {
    return sets;
  }

  /** The labels of all rows are read, from a file of their own, when one is first asked for. */
  @Override
  protected int labelNumber(int index) {
    return labelsHere[labels().label(index)];
  }

  @Override
  public boolean[] labelsInUse() {
    boolean[] used = new boolean[classes.size()];
    for (int number = 0; number < labelsHere.length; number++) {
      boolean there = description.imagesByNumber().get(number) > 0;
      for (int label : sets.labels(labelsHere[number])) {
        used[label] |= there;
      }
    }
    return used;
  }

  private synchronized PackedLabels labels() {
    if (labels == null) {
      labels = readLabels();
    }
    return labels;
  }

  private PackedLabels readLabels() {
    PackedLabels read = PackedLabels.read(files, set.folder(), description);
    long[] counts = new long[labelsHere.length];
    for (int row = 0; row < read.count(); row++) {
      int label = read.label(row);
      if (label >= counts.length) {
        throw unlike("label " + label + " of row " + row);
      }
      counts[label]++;
    }
    List<Long> found = Arrays.stream(counts).boxed().toList();
    if (!found.equals(description.imagesByNumber())) {
      throw unlike("images by class: " + found);
    }
    return read;
  }

  private ConvoyException unlike(String found) {
    return ConvoyException.data(
        "%s/%s has other labels than the set's dataset.json says (%s; there, images by class: %s):"
            + " copy the set again, or pack it again",
        set.folder(), PackedLabels.FILE, found, description.imagesByNumber());
  }

  private int here(int label, PackedFile file) {
    if (label < 0 || label >= labelsHere.length) {
      throw ConvoyException.data(
          "%s/%s: labels lie in 0 to %d, as there are classes or sets of labels; got %d: copy the file again, or pack"
              + " the set again",
          set.folder(), file.name(), labelsHere.length - 1, label);
    }
    return labelsHere[label];
  }

  @Override
  protected ImageGroup read(int group) {
    int number = file(group);
    PackedFile file = description.files().get(number);
    ImageGroup rows =
        new PackedFileReader(files, set.folder(), file).rows(group - firstGroups[number]);
    for (int row = 0; row < rows.labels().length; row++) {
      rows.labels()[row] = here(rows.labels()[row], file);
      rows.names()[row] = set.folder() + ": " + rows.names()[row];
    }
    return rows;
  }

  private int file(int group) {
    int found = Arrays.binarySearch(firstGroups, group);
    return found >= 0 ? found : -found - 2; // the last that starts at or before it
  }

  @Override
  public String describe(int index) {
    int group = group(index);
    int file = file(group);
    return "row %s of row group %s of %s/%s (both counted from 0)"
        .formatted(
            index - rowGroups().start(group),
            group - firstGroups[file],
            set.folder(),
            description.files().get(file).name());
  }

  /** That of the set, and what it is read as. */
  @Override
  public String fingerprint() {
    Fingerprint sum = new Fingerprint().add(description.fingerprint()).add(channels());
    sum.add(classes.size());
    classes.forEach(sum::add);
    return sum.hex();
  }
}
