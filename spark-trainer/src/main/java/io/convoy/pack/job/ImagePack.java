package io.convoy.pack.job;

import io.convoy.data.reader.LabelCells;
import io.convoy.error.ConvoyException;
import io.convoy.images.TableColumns;
import io.convoy.storage.HadoopFiles;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Makes packed sets: {@code convoy pack} for programs and notebooks. */
public final class ImagePack {
  private ImagePack() {}

  /**
   * Packs a table of images: a column of bytes, or one of paths, and one of labels, by their usual
   * names. The table is read twice, and gives the same rows both times.
   *
   * @param out the folder of the packed set, on any Hadoop file system; nothing is there yet
   * @throws io.convoy.error.ConvoyException when images cannot be read and the options refuse that,
   *     when a column is missing, or the store fails
   */
  public static PackSummary write(Dataset<Row> images, String out, PackOptions options) {
    SparkSession spark = images.sparkSession();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    HadoopFiles files = new HadoopFiles(context.hadoopConfiguration());
    TableColumns columns = TableColumns.of(images.schema(), null, "the table");
    LabelCells cells = TableInput.cells(images, columns, options.labelDelimiter(), "the table");
    PackInput input = new TableInput(files, images, columns, cells, ".", "the table", List.of());
    return new PackJob(spark, options, PackListener.NONE)
        .run(List.of(new NamedInput("", input)), out);
  }

  /**
   * Packs what lies in a folder, a tar file or a table.
   *
   * @param source a folder of class folders, or of {@code train} and {@code test} with these; a tar
   *     file or a folder of them; a CSV, JSON-lines or Parquet table
   * @param out the folder of the packed sets; nothing is there yet
   * @param label the column of labels of a table; null for one of the usual names
   */
  public static PackSummary pack(
      JavaSparkContext context,
      String source,
      String out,
      String label,
      PackOptions options,
      PackListener listener) {
    SparkSession spark = SparkSession.builder().config(context.getConf()).getOrCreate();
    SparkSession reading = spark.newSession();
    // by default thousands of rows are read at a time: of images, that is gigabytes
    reading.conf().set("spark.sql.parquet.columnarReaderBatchSize", "16");
    HadoopFiles files = new HadoopFiles(context.hadoopConfiguration());
    List<NamedInput> sets =
        new PackSources(reading, files, label, options.labelDelimiter()).of(source);
    if (options.labelDelimiter() != null
        && sets.stream().anyMatch(set -> !(set.input() instanceof TableInput))) {
      throw ConvoyException.usage(
          "%s: --label-delimiter goes with tables; folders and tar files give each image one label:"
              + " leave it out, or name a table",
          source);
    }
    return new PackJob(spark, options, listener).run(sets, out);
  }
}
