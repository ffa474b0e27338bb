package io.convoy.pack;

import java.io.IOException;
import java.io.OutputStream;
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

/** Writes {@value #FILE}: the images that could not be read, by path and reason. */
public final class RejectedList implements AutoCloseable {
  /** The list of a packed set, in its folder. */
  public static final String FILE = "rejected.parquet";

  private static final MessageType SCHEMA =
      Types.buildMessage()
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("path")
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("reason")
          .named("rejected");

  private final ParquetWriter<Group> writer;

  /** Starts a list; the stream stays its owner's to close. */
  public RejectedList(OutputStream out) throws IOException {
    writer =
        ExampleParquetWriter.builder(CountedOutput.file(out))
            .withConf(new PlainParquetConfiguration())
            .withType(SCHEMA)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .build();
  }

  /** Adds an image. */
  public void add(String path, String reason) throws IOException {
    SimpleGroup row = new SimpleGroup(SCHEMA);
    row.add("path", path);
    row.add("reason", reason);
    writer.write(row);
  }

  /** Ends the list. */
  @Override
  public void close() throws IOException {
    writer.close();
  }
}
