package io.convoy.pack;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** Parquet wants to know who takes its values; here they are asked for, column by column. */
final class NoConverter extends GroupConverter {
  private final Converter[] fields;

  NoConverter(GroupType schema) {
    fields = schema.getFields().stream().map(NoConverter::of).toArray(Converter[]::new);
  }

  private static Converter of(Type field) {
    return field.isPrimitive() ? new PrimitiveConverter() {} : new NoConverter(field.asGroupType());
  }

  @Override
  public Converter getConverter(int field) {
    return fields[field];
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
