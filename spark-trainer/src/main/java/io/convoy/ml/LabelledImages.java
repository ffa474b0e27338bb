package io.convoy.ml;

import io.convoy.error.ConvoyException;
import io.convoy.images.TableColumns;
import io.convoy.sql.TableColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The columns that a training reads of a user's table.
 *
 * @param image of bytes or of paths
 * @param label of text, or of whole numbers of whatever type; or lists of text, several an image
 */
record LabelledImages(TableColumn image, TableColumn label) {
  private static final List<DataType> WHOLE =
      List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);
  private static final List<DataType> REAL = List.of(DataTypes.FloatType, DataTypes.DoubleType);

  /** Names by which a packing finds the columns. */
  private static final String BYTES = "image";

  private static final String PATH = "path";
  private static final String LABEL = "label";

  /**
   * Finds the columns.
   *
   * @throws ConvoyException of kind USAGE when one is missing, or of a type that it cannot have
   */
  static LabelledImages of(StructType table, String image, String label) {
    LabelledImages columns =
        new LabelledImages(TableColumn.ofImages(table, image), TableColumn.find(table, label));
    DataType type = columns.label.type();
    if (!columns.label.isText()
        && !isLists(type)
        && !WHOLE.contains(type)
        && !REAL.contains(type)) {
      throw ConvoyException.usage(
          "the column '%s' must hold labels: text (string), whole numbers (int, bigint, double), or"
              + " lists of text (array<string>); it holds %s",
          label, type.simpleString());
    }
    return columns;
  }

  private static boolean isLists(DataType type) {
    return type instanceof ArrayType list && list.elementType() instanceof StringType;
  }

  /**
   * Computes the table once, onto the executors' disks, and checks its values. The result is to be
   * unpersisted, itself: what is derived from it, as by {@link #named}, is another table to Spark.
   *
   * @throws ConvoyException of kind DATA when there are nulls, or labels that are not whole
   */
  Dataset<Row> computed(Dataset<?> table) {
    Dataset<Row> read =
        table
            .select(column(image), column(label))
            .toDF(image.isBytes() ? BYTES : PATH, LABEL)
            .persist(StorageLevel.DISK_ONLY());
    try {
      Row counts =
          read.agg(
                  count(functions.col(image.isBytes() ? BYTES : PATH).isNull()),
                  count(functions.col(LABEL).isNull()),
                  count(functions.col(LABEL).isNotNull().and(isBroken())),
                  functions.count("*"))
              .first();
      require(counts);
      return read;
    } catch (RuntimeException e) {
      read.unpersist();
      throw e;
    }
  }

  /** A {@linkplain #computed computed} table as a packing wants it: with labels as text. */
  Dataset<Row> named(Dataset<Row> computed) {
    return computed.withColumn(LABEL, text());
  }

  private static Column column(TableColumn column) {
    return functions.col(TableColumns.quoted(column.name()));
  }

  private static Column count(Column condition) {
    return functions.count(functions.when(condition, 1));
  }

  /** Whether a label is no whole number; NaN is none. */
  private Column isBroken() {
    return REAL.contains(label.type())
        ? functions.not(
            functions.coalesce(
                whole().cast("double").equalTo(functions.col(LABEL).cast("double")),
                functions.lit(false)))
        : functions.lit(false);
  }

  private static Column whole() {
    return functions.col(LABEL).try_cast("bigint");
  }

  private Column text() {
    if (isLists(label.type())) {
      return functions.col(LABEL);
    }
    Column exact = REAL.contains(label.type()) ? whole() : functions.col(LABEL);
    return exact.cast("string");
  }

  private void require(Row counts) {
    List<String> problems = new ArrayList<>();
    add(problems, image.name(), counts.getLong(0), "null");
    add(problems, label.name(), counts.getLong(1), "null");
    add(problems, label.name(), counts.getLong(2), "no whole number");
    if (!problems.isEmpty()) {
      throw ConvoyException.data(
          "every row needs an image and a label: %s, of %d rows: mend them, or leave them out, as by"
              + " table.na().drop()",
          String.join("; ", problems), counts.getLong(3));
    }
    if (counts.getLong(3) == 0) {
      throw ConvoyException.data("the table has no rows: there is nothing to train on");
    }
  }

  private static void add(List<String> problems, String column, long count, String what) {
    if (count > 0) {
      problems.add("the column '%s' is %s in %s".formatted(column, what, count));
    }
  }
}
