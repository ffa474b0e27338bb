package io.convoy.pack;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.column.values.plain.PlainValuesWriter;

/** Writes all values as they are. */
final class PlainValues implements ValuesWriterFactory {
  private ParquetProperties properties;

  @Override
  public void initialize(ParquetProperties given) {
    properties = given;
  }

  @Override
  public ValuesWriter newValuesWriter(ColumnDescriptor column) {
    return new PlainValuesWriter(
        properties.getInitialSlabSize(),
        properties.getPageSizeThreshold(),
        properties.getAllocator());
  }
}
