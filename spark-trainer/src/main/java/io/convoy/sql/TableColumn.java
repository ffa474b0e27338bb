package io.convoy.sql;

import io.convoy.error.ConvoyException;
import io.convoy.error.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A column of a table, found by its name.
 *
 * @param name as the table has it
 * @param index among the columns, from 0
 * @param type of its values
 */
public record TableColumn(String name, int index, DataType type) {
  /**
   * Finds a column.
   *
   * @throws ConvoyException of kind USAGE when there is none of that name, or several
   */
  public static TableColumn find(StructType table, String name) {
    List<String> names = List.of(table.fieldNames());
    int index = names.indexOf(name);
    if (index < 0) {
      String question = Nearest.question(name, names);
      throw ConvoyException.usage(
          "there is no column '%s'%s the table has %s",
          name, question.isEmpty() ? ":" : question, described(table));
    }
    if (index != names.lastIndexOf(name)) {
      throw ConvoyException.usage(
          "several columns are called '%s': rename all but one; the table has %s",
          name, described(table));
    }
    return new TableColumn(name, index, table.apply(index).dataType());
  }

  /**
   * Finds a column of images.
   *
   * @throws ConvoyException of kind USAGE when there is none of that name, or it holds neither
   *     bytes nor paths
   */
  public static TableColumn ofImages(StructType table, String name) {
    TableColumn column = find(table, name);
    if (!column.isBytes() && !column.isText()) {
      throw ConvoyException.usage(
          "the column '%s' must hold images' bytes (binary) or their paths (string); it holds %s",
          name, column.type().simpleString());
    }
    return column;
  }

  /**
   * Refuses a name that a column has already.
   *
   * @throws ConvoyException of kind USAGE
   */
  public static void requireNew(StructType table, String name) {
    if (Arrays.stream(table.fieldNames()).anyMatch(name::equalsIgnoreCase)) {
      throw ConvoyException.usage(
          "the table has a column '%s' already: drop it, or name another one for the predictions",
          name);
    }
  }

  /** Whether it holds bytes. */
  public boolean isBytes() {
    return type.equals(DataTypes.BinaryType);
  }

  /** Whether it holds text. */
  public boolean isText() {
    return type instanceof StringType;
  }

  private static String described(StructType table) {
    return Arrays.stream(table.fields())
        .map(TableColumn::described)
        .collect(Collectors.joining(", "));
  }

  private static String described(StructField field) {
    return field.name() + " (" + field.dataType().simpleString() + ")";
  }
}
