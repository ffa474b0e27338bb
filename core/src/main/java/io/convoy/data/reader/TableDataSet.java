package io.convoy.data.reader;

import io.convoy.data.FileDataSet;
import io.convoy.data.FileDigests;
import io.convoy.data.FileStore;
import io.convoy.data.Fingerprint;
import io.convoy.data.KeptPixels;
import io.convoy.data.PackedOrder;
import io.convoy.data.SampleSource;
import io.convoy.data.StoredContents;
import io.convoy.data.StoredFile;
import io.convoy.data.image.Background;
import io.convoy.error.ConvoyException;
import java.util.List;

/**
 * Images that a table names, with their labels: CSV, JSON lines or Parquet; or that a table in
 * Parquet holds. Samples go in the order of the table's rows, or in that of a pack.
 *
 * @param table the table's file
 * @param split which of its rows; null for all
 * @param pathColumn the column of paths; null for one of the usual names
 * @param labelColumn the column of labels; null for one of the usual names
 * @param labelDelimiter what stands between the labels of an image; null where it has one, or the
 *     column holds lists
 * @param images how the images are read, and which classes there are; its folder is the table's, to
 *     which paths are relative
 */
public record TableDataSet(
    String table,
    TableSplit split,
    String pathColumn,
    String labelColumn,
    String labelDelimiter,
    FolderDataSet images)
    implements FileDataSet {
  private static final long serialVersionUID = 1L;

  /** Of single labels, in columns of the usual names. */
  public TableDataSet(String table, TableSplit split, FolderDataSet images) {
    this(table, split, null, null, null, images);
  }

  private TableDataSet with(FolderDataSet others) {
    return new TableDataSet(table, split, pathColumn, labelColumn, labelDelimiter, others);
  }

  @Override
  public TableDataSet labelledAs(List<String> names) {
    return with(images.labelledAs(names));
  }

  @Override
  public TableDataSet ofAnySize() {
    return with(images.ofAnySize());
  }

  @Override
  public TableDataSet over(Background background) {
    return with(images.over(background));
  }

  @Override
  public TableDataSet inOrderOf(PackedOrder order) {
    return with(images.inOrderOf(order));
  }

  @Override
  public String folder() {
    return images.folder();
  }

  @Override
  public List<StoredImage> images(FileStore files) {
    return with(images.ofAnyClasses()).find(files).labelled().samples();
  }

  @Override
  public StoredContents contents(FileStore files) {
    return new TableContents(files, () -> TableFile.open(files, table).images().orElseThrow());
  }

  @Override
  public SampleSource open(FileStore files) {
    return open(files, FileDigests.NONE);
  }

  @Override
  public SampleSource open(FileStore files, FileDigests known) {
    return open(files, known, KeptPixels.LIMIT);
  }

  SampleSource open(FileStore files, FileDigests known, long cacheLimit) {
    Found found = find(files);
    return found.held() == null
        ? new FolderSource(images, files, found.labelled(), known, cacheLimit)
        : HeldSource.of(images, found.held(), found.labelled(), known);
  }

  /**
   * The samples.
   *
   * @param held the images, where the table holds them; else null
   */
  private record Found(LabelledImages labelled, HeldImages held) {}

  private Found find(FileStore files) {
    Reading reading =
        new Reading(images.channels(), List.of(), pathColumn, labelColumn, labelDelimiter);
    TableFile read = TableFile.read(files, table, reading);
    if (read.images() != null && images.order() != null) {
      throw ConvoyException.usage(
          "data.order: pack is an order of files; %s holds its images (in the column %s), and is read"
              + " in the order of its rows: leave data.order away",
          table, read.images().column());
    }
    List<TableFile.Row> rows = split == null ? read.rows() : read.rows(split);
    LabelledImages labelled =
        new TableReader(read, rows, images, new TableImages(files, images.folder()))
            .read()
            .inOrderOf(images.order());
    return read.images() == null
        ? new Found(labelled, null)
        : new Found(
            labelled.telling(
                "%s: its column %s holds the images".formatted(table, read.images().column())),
            read.images());
  }

  /** The table is read for it, to know which images it names. */
  @Override
  public String version(FileStore files) {
    Fingerprint sum = new Fingerprint().add(StoredFile.version(files, table));
    if (StoredFile.find(files, table).map(FileStore.Entry::directory).orElse(false)) {
      StoredFile.list(files, table)
          .forEach(part -> sum.add(part.name()).add(part.length() + "@" + part.modified()));
    }
    find(files)
        .labelled()
        .samples()
        .forEach(sample -> sum.add(sample.length() + "@" + sample.modified()));
    return sum.hex();
  }
}
