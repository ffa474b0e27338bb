package io.convoy.predict;

import io.convoy.inference.ClassProbability;
import io.convoy.pack.CountedOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.apache.parquet.schema.Types.GroupBuilder;

/** Rows in Parquet, compressed by Snappy, with lists as Spark writes them. */
final class ParquetRows implements RowWriter {
  private static final String LIST = "list";
  private static final String ELEMENT = "element";

  private final MessageType schema;
  private final ParquetWriter<Group> writer;

  ParquetRows(OutputStream out, PredictOptions options) throws IOException {
    schema = schema(options);
    writer =
        ExampleParquetWriter.builder(CountedOutput.file(out))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withDictionaryEncoding(false) // numbers and paths hardly ever come twice
            .withDictionaryEncoding(PredictedRow.LABEL, true)
            .withDictionaryEncoding(
                String.join(".", PredictedRow.TOP, LIST, ELEMENT, PredictedRow.LABEL), true)
            .build();
  }

  private static MessageType schema(PredictOptions options) {
    GroupBuilder<MessageType> columns =
        Types.buildMessage()
            .optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named(PredictedRow.PATH)
            .optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named(PredictedRow.LABEL)
            .optional(PrimitiveTypeName.DOUBLE)
            .named(PredictedRow.PROBABILITY)
            .optionalList()
            .requiredGroupElement()
            .required(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named(PredictedRow.LABEL)
            .required(PrimitiveTypeName.DOUBLE)
            .named(PredictedRow.PROBABILITY)
            .named(PredictedRow.TOP);
    if (options.logits()) {
      columns.optionalList().requiredElement(PrimitiveTypeName.FLOAT).named(PredictedRow.LOGITS);
    }
    if (options.probabilities()) {
      columns
          .optionalList()
          .requiredElement(PrimitiveTypeName.DOUBLE)
          .named(PredictedRow.PROBABILITIES);
    }
    if (options.embedding() != null) {
      columns.optionalList().requiredElement(PrimitiveTypeName.FLOAT).named(PredictedRow.EMBEDDING);
    }
    if (options.labels()) {
      columns
          .optionalList()
          .requiredElement(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named(PredictedRow.LABELS);
    }
    return columns
        .optional(PrimitiveTypeName.BINARY)
        .as(LogicalTypeAnnotation.stringType())
        .named(PredictedRow.ERROR)
        .named("prediction");
  }

  @Override
  public void write(PredictedRow row) throws IOException {
    SimpleGroup group = new SimpleGroup(schema);
    add(group, PredictedRow.PATH, row.path());
    add(group, PredictedRow.LABEL, row.label());
    if (row.probability() != null) {
      group.add(PredictedRow.PROBABILITY, row.probability().doubleValue());
      top(group.addGroup(PredictedRow.TOP), row.top());
    }
    if (row.logits() != null) {
      floats(group.addGroup(PredictedRow.LOGITS), row.logits());
    }
    if (row.probabilities() != null) {
      Group list = group.addGroup(PredictedRow.PROBABILITIES);
      for (double value : row.probabilities()) {
        list.addGroup(LIST).add(ELEMENT, value);
      }
    }
    if (row.embedding() != null) {
      floats(group.addGroup(PredictedRow.EMBEDDING), row.embedding());
    }
    if (row.labels() != null) {
      Group list = group.addGroup(PredictedRow.LABELS);
      row.labels().forEach(label -> list.addGroup(LIST).add(ELEMENT, label));
    }
    add(group, PredictedRow.ERROR, row.error());
    writer.write(group);
  }

  private static void add(Group group, String name, String text) {
    if (text != null) {
      group.add(name, text);
    }
  }

  private static void top(Group list, List<ClassProbability> top) {
    for (ClassProbability each : top) {
      Group element = list.addGroup(LIST).addGroup(ELEMENT);
      element.add(PredictedRow.LABEL, each.label());
      element.add(PredictedRow.PROBABILITY, each.probability());
    }
  }

  private static void floats(Group list, float[] values) {
    for (float value : values) {
      list.addGroup(LIST).add(ELEMENT, value);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
