package io.convoy.data.reader;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.Fingerprint;
import io.convoy.data.SampleSource;
import io.convoy.data.StoredFile;
import io.convoy.data.image.Background;
import java.util.ArrayList;
import java.util.List;

/**
 * Images that a table names, with their labels: CSV or JSON lines. Samples go in the order of the
 * table's rows.
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
    implements DataSet {
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
  public SampleSource open(FileStore files) {
    return open(files, FolderDataSet.CACHE_LIMIT);
  }

  SampleSource open(FileStore files, long cacheLimit) {
    TableSamples samples = samples(files);
    List<String> told = new ArrayList<>(images.notes());
    told.addAll(samples.notes());
    return new FolderSource(images, files, samples.classes(), samples.samples(), told, cacheLimit);
  }

  private TableSamples samples(FileStore files) {
    Reading reading = new Reading(images.channels(), List.of(), pathColumn, labelColumn);
    TableFile read = TableFile.read(files, table, reading);
    List<TableFile.Row> rows = split == null ? read.rows() : read.rows(split);
    return new TableReader(table, rows, images.classes(), new TableImages(files, images.folder()))
        .read();
  }

  /** The table is read for it, to know which images it names. */
  @Override
  public String version(FileStore files) {
    Fingerprint sum = new Fingerprint().add(StoredFile.version(files, table));
    samples(files).versions().forEach(sum::add);
    return sum.hex();
  }
}
