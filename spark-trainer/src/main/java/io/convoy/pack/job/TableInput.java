package io.convoy.pack.job;

import io.convoy.data.folder.Classes;
import io.convoy.data.folder.FolderSurvey;
import io.convoy.data.folder.LeftOut;
import io.convoy.data.reader.LabelCells;
import io.convoy.data.reader.TableLabels;
import io.convoy.error.ConvoyException;
import io.convoy.images.ImageRows;
import io.convoy.images.TableColumns;
import io.convoy.storage.HadoopFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;

/**
 * A table of images, or of their paths, and labels. Where an image may have several, the source's
 * class of it is the whole cell; a list is a JSON array there. Labels are names; where all are
 * whole numbers, they go in the order of these.
 *
 * @param cells how labels stand in their column
 * @param folder that relative paths start from
 * @param place the table in words
 * @param notes what a user may not expect of how it was found
 */
record TableInput(
    HadoopFiles files,
    Dataset<Row> table,
    TableColumns columns,
    LabelCells cells,
    String folder,
    String place,
    List<String> notes)
    implements PackInput {

  /**
   * How labels stand in their column.
   *
   * @param delimiter what stands between the labels of an image; null where it has one
   * @throws ConvoyException of kind USAGE for a delimiter of a column of lists, or lists of neither
   *     text nor numbers
   */
  static LabelCells cells(
      Dataset<Row> table, TableColumns columns, String delimiter, String place) {
    DataType type = table.schema().apply(columns.label()).dataType();
    boolean lists = type instanceof ArrayType;
    if (lists && delimiter != null) {
      throw ConvoyException.usage(
          "%s: its column %s holds lists, whose labels need nothing between them: take the delimiter"
              + " away",
          place, columns.label());
    }
    return new LabelCells(delimiter, lists);
  }

  @Override
  public JavaRDD<Row> images(SparkSession spark, Classes classes, boolean contents) {
    HadoopFiles store = files;
    String above = folder;
    boolean bytes = columns.image() != null;
    return table
        .select(labels(), text(columns.path()), image())
        .toJavaRDD()
        .mapPartitions(
            rows -> {
              LeftOut leftOut = new LeftOut();
              return ImageRows.with(
                  leftOut, new TableImageRows(rows, bytes ? null : store, above, leftOut));
            });
  }

  /** An empty value of CSV is null to Spark; of several labels it is none. */
  private Column labels() {
    Column column = functions.col(TableColumns.quoted(columns.label()));
    if (cells.lists()) {
      return functions.to_json(column);
    }
    Column text = column.cast("string");
    return cells.areSeveral() ? functions.coalesce(text, functions.lit("")) : text;
  }

  private static Column column(String name) {
    return functions.col(TableColumns.quoted(name)).cast("string");
  }

  private static Column text(String name) {
    return name == null ? functions.lit(null).cast("string") : column(name);
  }

  private Column image() {
    return columns.image() == null
        ? functions.lit(null).cast("binary")
        : functions.col(columns.image());
  }

  @Override
  public ClassLabels.Sorted labels(Survey survey, Classes classes) {
    if (cells.areSeveral()) {
      return new SeveralLabels(cells, place).of(survey, classes);
    }
    TableLabels known = new TableLabels(classes, survey.found().keySet(), place);
    LeftOut leftOut = new LeftOut();
    Map<String, Integer> labels = new HashMap<>();
    survey
        .found()
        .forEach(
            (text, images) -> {
              OptionalInt label = known.of(text);
              String problem = label.isPresent() ? null : known.problem(text);
              if (problem != null) {
                throw ConvoyException.data(
                    "%s: %d of its rows cannot be used: mend them, or take them out: %s",
                    place, images.count(), problem);
              }
              if (label.isPresent()) {
                labels.put(text, label.getAsInt());
              } else {
                leftOut.add(LeftOut.Reason.NOT_LISTED, images.count(), List.of(text));
              }
            });
    requireClasses(known, labels, classes);
    return new ClassLabels.Sorted(new ClassLabels(known.names(), labels, ""), leftOut);
  }

  private void requireClasses(TableLabels known, Map<String, Integer> labels, Classes classes) {
    if (labels.isEmpty()) {
      throw ConvoyException.data(
          "%s: no row has a path and a label of the classes that are wanted: name another table, or"
              + " other classes by --classes",
          place);
    }
    List<String> missing = new ArrayList<>(known.names());
    labels.values().forEach(label -> missing.remove(known.names().get(label)));
    if (classes.allNeeded() && !missing.isEmpty()) {
      throw ConvoyException.data(
          "%s: --classes lists %s, of which there is no row: correct the list, or add rows",
          place, FolderSurvey.some(missing));
    }
  }
}
