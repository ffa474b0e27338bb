package io.convoy.predict;

import io.convoy.data.Fingerprint;
import io.convoy.data.StoredFile;
import io.convoy.digest.Sha256;
import io.convoy.images.ImageRows;
import io.convoy.images.TableColumns;
import io.convoy.storage.HadoopFiles;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * A table of Parquet that holds images, packed sets among them, in parts as Spark cuts them. A row
 * without a path is called by the SHA-256 of its bytes.
 *
 * @param table whose parts do not depend on the cluster
 * @param images rows of it
 * @param paths its files
 * @param notes what is told of how it was found
 */
record ImageTable(
    HadoopFiles files,
    Dataset<Row> table,
    TableColumns columns,
    long images,
    List<String> paths,
    List<String> notes)
    implements ImageInput {
  private static final int NAME_BYTES = 16;

  @Override
  public RDD<Row> rows() {
    Column path =
        columns.path() == null
            ? functions.lit(null).cast("string")
            : functions.col(TableColumns.quoted(columns.path()));
    return table
        .select(path, functions.col(columns.image()))
        .toJavaRDD()
        .map(row -> image(row.getString(0), row.getAs(1)))
        .rdd();
  }

  private static Row image(String path, byte[] image) {
    String name = path;
    if (name == null) {
      byte[] digest = Sha256.digest().digest(image == null ? new byte[0] : image);
      name = HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    }
    return ImageRows.image(name, "", image == null ? 0 : image.length, "", image);
  }

  @Override
  public String listing() {
    Fingerprint sum = new Fingerprint();
    paths.forEach(path -> sum.add(path).add(StoredFile.version(files, path)));
    return sum.hex();
  }
}
