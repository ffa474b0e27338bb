package io.convoy.images;

import io.convoy.error.ConvoyException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a table of images.
 *
 * @param image its bytes; null where they lie in the file that {@code path} names
 * @param path where it is, or came from; null where there is no such column
 * @param label its class; null where nobody asks for it
 */
public record TableColumns(String image, String path, String label) {
  private static final List<String> PATHS =
      List.of("path", "file", "filename", "file_name", "image_path", "image");
  private static final List<String> LABELS =
      List.of("label", "class", "category", "class_name", "labels", "target");

  /**
   * Finds the columns of a table.
   *
   * @param label the column of labels; null for one of the usual names
   * @throws ConvoyException of kind USAGE when one is missing
   */
  public static TableColumns of(StructType table, String label, String place) {
    Optional<String> image = image(table);
    Optional<String> path = first(table, PATHS).filter(name -> isText(table, name));
    Optional<String> labels = label == null ? first(table, LABELS) : first(table, List.of(label));
    if (labels.isEmpty() || (image.isEmpty() && path.isEmpty())) {
      throw ConvoyException.usage(
          "%s: a table of images has a column of bytes, or one of paths (%s), and one of labels (%s,"
              + " or what --label names); it has %s",
          place,
          String.join(", ", PATHS),
          label == null ? String.join(", ", LABELS) : label,
          String.join(", ", table.fieldNames()));
    }
    return new TableColumns(image.orElse(null), path.orElse(null), labels.get());
  }

  /**
   * Finds the columns of a table whose labels nobody asks for.
   *
   * @param path the column of paths; null for one of the usual names
   * @throws ConvoyException of kind USAGE when there are neither images nor paths
   */
  public static TableColumns withoutLabels(StructType table, String path, String place) {
    List<String> names = path == null ? PATHS : List.of(path);
    Optional<String> image = image(table);
    Optional<String> found = first(table, names).filter(name -> isText(table, name));
    if (image.isEmpty() && found.isEmpty()) {
      throw ConvoyException.usage(
          "%s: a table of images has a column of bytes, or one of paths (%s); it has %s",
          place, String.join(", ", names), String.join(", ", table.fieldNames()));
    }
    return new TableColumns(image.orElse(null), found.orElse(null), null);
  }

  private static Optional<String> first(StructType table, List<String> names) {
    List<String> there = List.of(table.fieldNames());
    return names.stream().filter(there::contains).findFirst();
  }

  private static boolean isText(StructType table, String name) {
    return table.apply(name).dataType() instanceof StringType;
  }

  /** A column of bytes, or of a structure that has them, as image tables of Hugging Face do. */
  private static Optional<String> image(StructType table) {
    return Stream.of(table.fields())
        .flatMap(
            field -> {
              if (isBytes(field.dataType())) {
                return Stream.of(quoted(field.name()));
              }
              return field.dataType() instanceof StructType inner
                  ? Stream.of(inner.fields())
                      .filter(part -> isBytes(part.dataType()))
                      .map(part -> quoted(field.name()) + "." + quoted(part.name()))
                  : Stream.<String>of();
            })
        .findFirst();
  }

  private static boolean isBytes(DataType type) {
    return type.equals(DataTypes.BinaryType);
  }

  /** So that a dot in a name is part of it. */
  public static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
