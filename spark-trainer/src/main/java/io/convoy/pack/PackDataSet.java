package io.convoy.pack;

import io.convoy.data.FileStore;
import io.convoy.data.Fingerprint;
import io.convoy.data.GroupedSource;
import io.convoy.data.KeptPixels;
import io.convoy.data.LabelSets;
import io.convoy.data.SampleSource;
import io.convoy.data.StoredFile;
import io.convoy.data.image.Background;
import io.convoy.data.reader.PackedSet;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A packed set: a folder of Parquet files and a {@code dataset.json}. {@link
 * io.convoy.data.reader.Pack} finds this class by its name.
 *
 * @param folder of the files
 * @param channels 1 for grey, 3 for RGB; images of the other kind are converted
 * @param classes the names of the classes by label, of which the set may lack some; empty for the
 *     set's own
 * @param background what is seen where an image is transparent
 * @param anySize whether readers bring images to a size; else what is decoded stays in memory where
 *     it fits
 */
public record PackDataSet(
    String folder, int channels, List<String> classes, Background background, boolean anySize)
    implements PackedSet {
  private static final long serialVersionUID = 1L;

  public PackDataSet {
    if (channels != 1 && channels != 3) {
      throw ConvoyException.usage("images have 1 channel (grey) or 3 (RGB); got %d", channels);
    }
    classes = Collections.unmodifiableList(new ArrayList<>(classes)); // List.of goes not by Kryo
  }

  /** A set under its own classes. */
  public PackDataSet(String folder, int channels) {
    this(folder, channels, List.of(), Background.WHITE, false);
  }

  @Override
  public PackDataSet labelledAs(List<String> names) {
    return new PackDataSet(folder, channels, names, background, anySize);
  }

  @Override
  public PackDataSet over(Background other) {
    return new PackDataSet(folder, channels, classes, other, anySize);
  }

  @Override
  public PackDataSet ofAnySize() {
    return new PackDataSet(folder, channels, classes, background, true);
  }

  @Override
  public SampleSource open(FileStore files) {
    PackDescription description = PackDescription.read(files, folder);
    requireFiles(files, description);
    List<String> names = classes.isEmpty() ? description.classes() : classes;
    int[] labels = labels(description, names);
    if (description.labelSets() == null) {
      return new PackSource(files, this, description, names, LabelSets.SINGLE, labels);
    }
    List<List<Integer>> here =
        description.labelSets().stream().map(set -> here(set.labels(), labels)).toList();
    LabelSets sets = LabelSets.of(here);
    int[] numbers = here.stream().mapToInt(sets::number).toArray();
    return new PackSource(files, this, description, names, sets, numbers);
  }

  private static List<Integer> here(List<Integer> set, int[] labels) {
    return set.stream().map(label -> labels[label]).sorted().toList();
  }

  /** Before anything is read of a file: no length in it is believed that it does not have. */
  private void requireFiles(FileStore files, PackDescription description) {
    Map<String, FileStore.Entry> there =
        StoredFile.list(files, folder).stream()
            .collect(Collectors.toMap(FileStore.Entry::name, Function.identity()));
    for (PackedFile file : description.files()) {
      require(there.get(file.name()), file.name(), file.bytes());
    }
    int width = PackedLabels.width(description.imagesByNumber().size());
    require(there.get(PackedLabels.FILE), PackedLabels.FILE, width * description.images());
  }

  private void require(FileStore.Entry entry, String name, long bytes) {
    if (entry == null || entry.directory() || entry.length() != bytes) {
      throw ConvoyException.data(
          "%s/%s: the set's dataset.json says %d bytes; %s: copy the set again, or pack it again",
          folder,
          name,
          bytes,
          entry == null ? "there is no such file" : "the file has " + entry.length());
    }
  }

  /** What each label of the set is among the names. */
  private int[] labels(PackDescription description, List<String> names) {
    int[] labels = new int[description.classes().size()];
    for (int label = 0; label < labels.length; label++) {
      String name = description.classes().get(label);
      labels[label] = names.indexOf(name);
      if (labels[label] < 0) {
        throw ConvoyException.data(
            "%s: the test set's classes must be the training set's; it has \"%s\", which is none of"
                + " these %d: pack both with the same classes",
            folder, name, names.size());
      }
    }
    return labels;
  }

  @Override
  public String version(FileStore files) {
    PackDescription.requireIn(files, folder);
    Fingerprint sum = new Fingerprint();
    for (FileStore.Entry entry : StoredFile.list(files, folder)) {
      sum.add(entry.name()).add(entry.length() + "@" + entry.modified());
    }
    return sum.hex();
  }

  @Override
  public long keptMemory(FileStore files) {
    PackDescription description = PackDescription.read(files, folder);
    long bytes =
        description
            .commonShape(channels)
            .map(shape -> shape.elements() * description.images())
            .orElse(0L);
    return bytes > KeptPixels.LIMIT ? 0 : bytes;
  }

  @Override
  public long windowMemory(FileStore files, int streams) {
    PackDescription description = PackDescription.read(files, folder);
    return GroupedSource.windowMemory(description.bytes(), description.largestGroup(), streams);
  }
}
