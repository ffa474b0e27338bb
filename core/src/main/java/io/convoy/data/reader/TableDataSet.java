package io.convoy.data.reader;

import io.convoy.data.FileDataSet;
import io.convoy.data.FileDigests;
import io.convoy.data.FileStore;
import io.convoy.data.Fingerprint;
import io.convoy.data.PackedOrder;
import io.convoy.data.SampleSource;
import io.convoy.data.StoredFile;
import io.convoy.data.image.Background;
import java.util.List;

/**
 * Images that a table names, with their labels: CSV, JSON lines or Parquet. Samples go in the order
 * of the table's rows, or in that of a pack.
 *
 * @param table the table's file
 * @param split which of its rows; null for all
 * @param pathColumn the column of paths; null for one of the usual names
 * @param labelColumn the column of labels; null for one of the usual names
 * @param images how the images are read, and which classes there are; its folder is the table's, to
 *     which paths are relative
 */
public record TableDataSet(
    String table, TableSplit split, String pathColumn, String labelColumn, FolderDataSet images)
    implements FileDataSet {
  private static final long serialVersionUID = 1L;

  @Override
  public TableDataSet labelledAs(List<String> names) {
    return new TableDataSet(table, split, pathColumn, labelColumn, images.labelledAs(names));
  }

  @Override
  public TableDataSet ofAnySize() {
    return new TableDataSet(table, split, pathColumn, labelColumn, images.ofAnySize());
  }

  @Override
  public TableDataSet over(Background background) {
    return new TableDataSet(table, split, pathColumn, labelColumn, images.over(background));
  }

  @Override
  public TableDataSet inOrderOf(PackedOrder order) {
    return new TableDataSet(table, split, pathColumn, labelColumn, images.inOrderOf(order));
  }

  @Override
  public String folder() {
    return images.folder();
  }

  @Override
  public List<StoredImage> images(FileStore files) {
    FolderDataSet any = images.ofAnyClasses();
    return new TableDataSet(table, split, pathColumn, labelColumn, any).samples(files).samples();
  }

  @Override
  public SampleSource open(FileStore files) {
    return open(files, FileDigests.NONE);
  }

  @Override
  public SampleSource open(FileStore files, FileDigests known) {
    return open(files, known, FolderDataSet.CACHE_LIMIT);
  }

  SampleSource open(FileStore files, FileDigests known, long cacheLimit) {
    return new FolderSource(images, files, samples(files), known, cacheLimit);
  }

  private LabelledImages samples(FileStore files) {
    Reading reading = new Reading(images.channels(), List.of(), pathColumn, labelColumn);
    TableFile read = TableFile.read(files, table, reading);
    List<TableFile.Row> rows = split == null ? read.rows() : read.rows(split);
    return new TableReader(table, rows, images, new TableImages(files, images.folder()))
        .read()
        .inOrderOf(images.order());
  }

  /** The table is read for it, to know which images it names. */
  @Override
  public String version(FileStore files) {
    Fingerprint sum = new Fingerprint().add(StoredFile.version(files, table));
    if (StoredFile.find(files, table).map(FileStore.Entry::directory).orElse(false)) {
      StoredFile.list(files, table)
          .forEach(part -> sum.add(part.name()).add(part.length() + "@" + part.modified()));
    }
    samples(files).samples().forEach(sample -> sum.add(sample.length() + "@" + sample.modified()));
    return sum.hex();
  }
}
