package io.convoy.pack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * A column of lists of text or of whole numbers, in three levels, as Parquet's own description of
 * its types has them, and Spark and Arrow write them.
 *
 * @param present the least definition level of a list that is not null
 * @param filled that of one that has an element
 * @param known that of an element that is not null
 */
record ListColumn(int present, int filled, int known) {
  /** Whether a column is one. */
  static boolean is(Type field) {
    if (field.isPrimitive()
        || !(field.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation)) {
      return false;
    }
    GroupType list = field.asGroupType();
    if (list.getFieldCount() != 1 || list.getType(0).isPrimitive()) {
      return false;
    }
    GroupType repeated = list.getType(0).asGroupType();
    return repeated.isRepetition(Type.Repetition.REPEATED)
        && repeated.getFieldCount() == 1
        && ParquetTable.isTextOrWholeNumber(repeated.getType(0));
  }

  /** A column of a schema, which is one. */
  static ListColumn of(MessageType schema, Type field) {
    String name = field.getName();
    String repeated = field.asGroupType().getType(0).getName();
    String element = field.asGroupType().getType(0).asGroupType().getType(0).getName();
    return new ListColumn(
        schema.getMaxDefinitionLevel(name),
        schema.getMaxDefinitionLevel(name, repeated),
        schema.getMaxDefinitionLevel(name, repeated, element));
  }

  /**
   * Reads the next list.
   *
   * @return a JSON array of text; null where there is no list
   */
  String read(ColumnReader column) {
    int level = column.getCurrentDefinitionLevel();
    if (level < filled) {
      column.consume();
      return level < present ? null : "[]";
    }
    ArrayNode elements = JsonNodeFactory.instance.arrayNode();
    do {
      boolean there = column.getCurrentDefinitionLevel() == known;
      elements.add(there ? ParquetTable.text(column) : null);
      column.consume();
    } while (column.getCurrentRepetitionLevel() > 0);
    return elements.toString();
  }
}
