package io.convoy.data.reader;

import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.data.FileDigests;
import io.convoy.data.GroupedSource;
import io.convoy.data.ImageGroup;
import io.convoy.data.LabelSets;
import io.convoy.data.PackedOrder;
import io.convoy.data.RowGroups;
import io.convoy.data.RowPlace;
import io.convoy.data.examine.ExaminedFiles;
import io.convoy.data.examine.OneSize;
import io.convoy.data.image.Framing;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.Pixels;
import io.convoy.digest.Sha256;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * An open table that holds its images. Samples lie in the row groups of the table's files, but for
 * the rows that are left out.
 */
final class HeldSource extends GroupedSource {
  private final HeldImages images;
  private final LabelledImages found;
  private final List<StoredImage> samples;
  // by number, where they are known before the images are read; else none
  private final FileDigests known;
  // groups whose images are those that are known
  private final Set<Integer> compared = ConcurrentHashMap.newKeySet();
  private final TransparentImages transparent;
  // of every image; null where each has its own
  private final OneSize size;
  private String fingerprint;

  /**
   * @param set how the images are read
   * @param all in the order of rows
   * @param digests of all, or none
   */
  static HeldSource of(
      FolderDataSet set, HeldImages images, LabelledImages all, FileDigests digests) {
    FileDigests theirs = digests.count() == all.samples().size() ? digests : FileDigests.NONE;
    LabelledImages whole = all.whole(theirs);
    Shape shape = set.anySize() ? null : shape(images, whole.samples().get(0), set.channels());
    return new HeldSource(set, images, whole, theirs.whole(), shape);
  }

  private HeldSource(
      FolderDataSet set, HeldImages images, LabelledImages found, FileDigests known, Shape shape) {
    super(groups(found.samples()), shape, true, set.channels(), set.background());
    this.images = images;
    this.found = found;
    this.known = known;
    samples = found.samples();
    transparent =
        new TransparentImages(samples.toArray(new StoredImage[0]), set.background(), false);
    size = shape == null ? null : new OneSize(shape.height(), shape.width(), samples.get(0).path());
  }

  private static RowGroups groups(List<StoredImage> samples) {
    List<Integer> sizes = new ArrayList<>();
    int from = 0;
    for (int row = 1; row <= samples.size(); row++) {
      if (row == samples.size() || !samples.get(row).row().isBeside(samples.get(from).row())) {
        sizes.add(row - from);
        from = row;
      }
    }
    return RowGroups.of(
        sizes.stream().mapToInt(Integer::intValue).toArray(),
        PackedOrder.window(samples.size(), sizes.size()));
  }

  private static Shape shape(HeldImages images, StoredImage first, int channels) {
    RowPlace place = first.row();
    byte[] bytes = images.read(place.file(), place.group())[place.row()];
    try (ImageDecoder decoder = new ImageDecoder()) {
      ImageDecoder.Size size = decoder.size(bytes, first.path());
      return Shape.of(size.height(), size.width(), channels);
    }
  }

  @Override
  protected ImageGroup read(int group) {
    int from = rowGroups().start(group);
    int count = rowGroups().start(group + 1) - from;
    RowPlace first = samples.get(from).row();
    byte[][] all = images.read(first.file(), first.group());
    ImageGroup rows = new ImageGroup(new ByteBuffer[count], new int[count], new String[count]);
    for (int i = 0; i < count; i++) {
      StoredImage sample = samples.get(from + i);
      rows.images()[i] = ByteBuffer.wrap(all[sample.row().row()]);
      rows.labels()[i] = sample.label();
      rows.names()[i] = sample.path();
    }
    if (known.count() > 0 && !compared.contains(group)) {
      compare(rows, from);
      compared.add(group);
    }
    return rows;
  }

  private void compare(ImageGroup rows, int from) {
    for (int i = 0; i < rows.labels().length; i++) {
      if (!Arrays.equals(known.of(from + i), digest(rows, i))) {
        throw ConvoyException.data(
            "%s: the row holds another image than when it was examined: leave the table as it is"
                + " while it is trained on, and where all executors see the same; if nobody changed"
                + " it since, delete %s beside it and start again",
            samples.get(from + i).path(), ExaminedFiles.NAME);
      }
    }
  }

  private static byte[] digest(ImageGroup rows, int row) {
    return Sha256.digest().digest(rows.image(row));
  }

  @Override
  protected void decode(int row, byte[] image, String name, Framing framing, Pixels into) {
    Framing checked =
        size == null
            ? framing
            : (height, width) -> {
              size.require(height, width, name);
              return framing.view(height, width);
            };
    super.decode(row, image, name, checked, into);
  }

  @Override
  protected void onTransparent(int row) {
    transparent.add(row);
  }

  @Override
  public List<String> classes() {
    return found.classes();
  }

  @Override
  protected LabelSets labelSets() {
    return found.sets();
  }

  @Override
  protected int labelNumber(int index) {
    return samples.get(index).label();
  }

  @Override
  public String describe(int index) {
    return samples.get(index).path();
  }

  @Override
  public List<String> names(int[] rows) {
    return Arrays.stream(rows)
        .mapToObj(samples::get)
        .map(sample -> "%s (%s)".formatted(sample.name(), sample.path()))
        .toList();
  }

  @Override
  public List<String> leftOut() {
    long uniform = IntStream.range(0, rowGroups().count()).filter(this::isUniform).count();
    if (found.classes().size() == 1 || 2 * uniform < rowGroups().count()) {
      return found.notes();
    }
    String note =
        "%s: %s of its %s row groups hold one class only; training mixes the rows of a few groups, so"
            + " that mini-batches may lack classes: shuffle the table's rows, or pack it by convoy"
            + " pack, which does";
    return found.telling(note.formatted(found.place(), uniform, rowGroups().count())).notes();
  }

  private boolean isUniform(int group) {
    int from = rowGroups().start(group);
    return IntStream.range(from, rowGroups().start(group + 1))
        .allMatch(row -> labelNumber(row) == labelNumber(from));
  }

  /** Where the images are not known, all of them are read for it. */
  @Override
  public synchronized String fingerprint() {
    if (fingerprint == null) {
      SampleFingerprint sum = new SampleFingerprint(this, true);
      for (int group = 0; group < rowGroups().count(); group++) {
        int from = rowGroups().start(group);
        ImageGroup rows = known.count() > 0 ? null : read(group);
        for (int row = from; row < rowGroups().start(group + 1); row++) {
          byte[] digest = rows == null ? known.of(row) : digest(rows, row - from);
          sum.add(samples.get(row), labels(row), digest);
        }
      }
      fingerprint = sum.hex();
    }
    return fingerprint;
  }
}
