package io.convoy.pack;

import io.convoy.error.ConvoyException;
import io.convoy.storage.HadoopPaths;
import io.convoy.storage.StoreFolder;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;

/**
 * What the footers of a table's files say, read by the driver. Spark itself would run a job for
 * that, whose result holds classes that a session may not have registered with Kryo.
 *
 * @param schema of the first file
 * @param rows of all files
 */
public record ParquetFooters(StructType schema, long rows) {
  /**
   * Reads the footers.
   *
   * @param files at least one
   * @throws ConvoyException of kind DATA when a file is none of Parquet
   */
  public static ParquetFooters read(List<String> files, Configuration configuration) {
    StructType schema = null;
    long rows = 0;
    for (String file : files) {
      try (ParquetFileReader reader =
          ParquetFileReader.open(
              HadoopInputFile.fromPath(HadoopPaths.parse(file), configuration))) {
        rows += reader.getRecordCount();
        if (schema == null) {
          schema =
              new ParquetToSparkSchemaConverter(new SQLConf())
                  .convert(reader.getFileMetaData().getSchema());
        }
      } catch (IOException e) {
        throw new ConvoyException(
            ConvoyException.Kind.RESOURCE,
            "%s: cannot be read (%s)".formatted(file, StoreFolder.reason(e)),
            e);
      } catch (RuntimeException e) { // Parquet's own word for damage
        throw new ConvoyException(
            ConvoyException.Kind.DATA,
            "%s: it is no table in Parquet, or damaged (%s): copy it again, or write it anew"
                .formatted(file, StoreFolder.reason(e)),
            e);
      }
    }
    return new ParquetFooters(schema, rows);
  }
}
