package io.convoy.sql;

import io.convoy.predict.PredictOptions;
import io.convoy.predict.PredictedRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What comes out for an image, as a value of Spark SQL. */
final class PredictionStruct {
  private static final StructType CLASS =
      new StructType()
          .add(PredictedRow.LABEL, DataTypes.StringType, false)
          .add(PredictedRow.PROBABILITY, DataTypes.DoubleType, false);

  private PredictionStruct() {}

  /** Its type: label, probability, top, perhaps all probabilities and the labels, error. */
  static StructType type(PredictOptions options) {
    StructType type =
        new StructType()
            .add(PredictedRow.LABEL, DataTypes.StringType)
            .add(PredictedRow.PROBABILITY, DataTypes.DoubleType)
            .add(PredictedRow.TOP, DataTypes.createArrayType(CLASS, false));
    if (options.probabilities()) {
      type =
          type.add(
              PredictedRow.PROBABILITIES, DataTypes.createArrayType(DataTypes.DoubleType, false));
    }
    if (options.labels()) {
      type = type.add(PredictedRow.LABELS, DataTypes.createArrayType(DataTypes.StringType, false));
    }
    return type.add(PredictedRow.ERROR, DataTypes.StringType);
  }

  /** Its value. */
  static Row of(PredictedRow predicted, PredictOptions options) {
    List<Object> values = new ArrayList<>();
    values.add(predicted.label());
    values.add(predicted.probability());
    values.add(
        predicted.top() == null
            ? null
            : predicted.top().stream()
                .map(each -> RowFactory.create(each.label(), each.probability()))
                .toArray(Row[]::new));
    if (options.probabilities()) {
      values.add(predicted.probabilities());
    }
    if (options.labels()) {
      values.add(predicted.labels() == null ? null : predicted.labels().toArray(String[]::new));
    }
    values.add(predicted.error());
    return RowFactory.create(values.toArray());
  }
}
