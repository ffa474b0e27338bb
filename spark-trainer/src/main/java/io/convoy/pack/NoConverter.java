package io.convoy.pack;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/** Parquet wants to know who takes its values; here they are asked for, column by column. */
final class NoConverter extends GroupConverter {
  private final PrimitiveConverter[] columns;

  NoConverter(MessageType schema) {
    columns = new PrimitiveConverter[schema.getFieldCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new PrimitiveConverter() {};
    }
  }

  @Override
  public Converter getConverter(int column) {
    return columns[column];
  }

  @Override
  public void start() {
    // no record is put together
  }

  @Override
  public void end() {
    // no record is put together
  }
}
