package io.convoy.predict;

import io.convoy.data.Fingerprint;
import io.convoy.data.StoredFile;
import io.convoy.data.folder.LeftOut;
import io.convoy.images.ImageRows;
import io.convoy.images.TarNames;
import io.convoy.images.TarRows;
import io.convoy.storage.HadoopFiles;
import io.convoy.worker.TextRdd;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;

/**
 * Images in tar files, each of which is a part: it is read from its start to its end. An image is
 * called by the tar file's name and its own in there.
 *
 * @param notes what is told of how they were found
 */
record TarFiles(SparkContext spark, HadoopFiles files, List<String> tars, List<String> notes)
    implements ImageInput {
  @Override
  public RDD<Row> rows() {
    HadoopFiles store = files;
    return new TextRdd(spark, tars).toJavaRDD().flatMap(tar -> read(store, tar)).rdd();
  }

  private static Iterator<Row> read(HadoopFiles files, String tar) {
    LeftOut leftOut = new LeftOut();
    String version = StoredFile.version(files, tar);
    return ImageRows.with(
        leftOut, new Renamed(TarRows.of(files, tar, version, true, leftOut), tar));
  }

  /** Under full names. */
  private record Renamed(Iterator<Row> rows, String tar) implements Iterator<Row> {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row row = rows.next();
      String name = row.getString(ImageRows.PATH);
      if (row.getString(ImageRows.FOUND_CLASS).startsWith(TarRows.ROOT)) {
        name = name.substring(TarNames.baseName(tar).length() + 1); // it lies in no folder
      }
      byte[] image = row.getAs(ImageRows.IMAGE);
      return ImageRows.image(tar + "/" + name, "", row.getLong(ImageRows.LENGTH), "", image);
    }
  }

  @Override
  public long images() {
    return UNKNOWN;
  }

  @Override
  public String listing() {
    Fingerprint sum = new Fingerprint();
    tars.forEach(tar -> sum.add(tar).add(StoredFile.version(files, tar)));
    return sum.hex();
  }
}
