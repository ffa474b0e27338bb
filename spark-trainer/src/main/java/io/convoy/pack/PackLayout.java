package io.convoy.pack;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** The columns of a packed file, and how Parquet is to store them: as plainly as it can. */
final class PackLayout {
  static final MessageType SCHEMA =
      Types.buildMessage()
          .required(PrimitiveTypeName.BINARY)
          .named("image")
          .required(PrimitiveTypeName.INT32)
          .named("label")
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("path")
          .required(PrimitiveTypeName.INT32)
          .named("height")
          .required(PrimitiveTypeName.INT32)
          .named("width")
          .named("image");

  static final ColumnDescriptor IMAGE = column("image");
  static final ColumnDescriptor LABEL = column("label");
  static final ColumnDescriptor PATH = column("path");
  static final ColumnDescriptor HEIGHT = column("height");
  static final ColumnDescriptor WIDTH = column("width");

  private PackLayout() {}

  private static ColumnDescriptor column(String name) {
    return SCHEMA.getColumnDescription(new String[] {name});
  }

  /**
   * Images are compressed already, and no two are alike: no dictionary, no statistics over their
   * bytes. A page is closed as soon as it is full, however few rows that are. Pages are of version
   * 2, for which the footer lists one encoding: those of version 1 have several, and Parquet writes
   * them in another order in each process.
   */
  static ParquetProperties properties() {
    return ParquetProperties.builder()
        .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_2_0)
        .withValuesWriterFactory(new PlainValues())
        .withDictionaryEncoding(false)
        .withStatisticsEnabled(false)
        .withSizeStatisticsEnabled(false)
        .withMinRowCountForPageSizeCheck(1)
        .withMaxRowCountForPageSizeCheck(1)
        .build();
  }
}
