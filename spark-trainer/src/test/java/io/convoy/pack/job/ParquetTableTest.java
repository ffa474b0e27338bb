package io.convoy.pack.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.IndexedSource;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.data.reader.Reading;
import io.convoy.data.reader.Table;
import io.convoy.data.reader.TableRows;
import io.convoy.error.ConvoyException;
import io.convoy.pack.ParquetTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tables as Spark writes them. */
@ExtendWith(PackSession.class)
final class ParquetTableTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("score", DataTypes.DoubleType)
          .add("path", DataTypes.StringType)
          .add("tags", DataTypes.createArrayType(DataTypes.StringType))
          .add("label", DataTypes.LongType)
          .add("thumbnail", DataTypes.BinaryType)
          .add("split", DataTypes.StringType);

  @TempDir private Path folder;
  private final LocalFiles files = new LocalFiles();

  /** As {@link #SCHEMA} has it; each eleventh row lacks a value. */
  private static List<Row> rows(int from, int to) {
    List<Row> rows = new ArrayList<>();
    for (int i = from; i < to; i++) {
      rows.add(
          RowFactory.create(
              i / 3.0,
              i % 11 == 3 ? null : "some/images/%s é.png".formatted(i),
              tags(i),
              i % 11 == 4 ? null : (long) (i % 7) * 5_000_000_000L,
              new byte[] {(byte) i},
              i % 2 == 0 ? "train" : "test"));
    }
    return rows;
  }

  /** Lists of any length; null at times, as some of their elements are. */
  private static String[] tags(int i) {
    return switch (i % 11) {
      case 5 -> null;
      case 6 -> new String[0];
      case 7 -> new String[] {"a", null, "\"é\"", "b" + i};
      default -> new String[] {"a", "b" + i};
    };
  }

  private static String json(String[] list) {
    return list == null
        ? null
        : Stream.of(list)
            .map(one -> one == null ? "null" : "\"" + one.replace("\"", "\\\"") + "\"")
            .collect(Collectors.joining(",", "[", "]"));
  }

  private static void write(
      JavaSparkContext spark, List<Row> rows, StructType schema, String codec, Path table) {
    PackSession.sql(spark)
        .createDataFrame(rows, schema)
        .coalesce(1)
        .write()
        .option("compression", codec)
        .option("parquet.block.size", 20_000)
        .option("parquet.page.size", 1_000)
        .mode("append")
        .parquet(table.toString());
  }

  private static List<List<String>> expected(int to) {
    List<List<String>> expected = new ArrayList<>();
    for (Row row : rows(0, to)) {
      Object label = row.get(3);
      expected.add(
          Arrays.asList(
              row.getString(1),
              json((String[]) row.get(2)),
              label == null ? null : label.toString(),
              row.getString(5)));
    }
    return expected;
  }

  private List<List<String>> read(Path table) {
    TableRows rows = new ParquetTable(files, table.toString());
    assertEquals(List.of("path", "tags", "label", "split"), rows.columns());
    assertEquals(Set.of(1), rows.lists());
    List<List<String>> read = new ArrayList<>();
    rows.forEachRemaining(
        row -> {
          read.add(row.values());
          assertEquals(read.size(), row.line());
        });
    return read;
  }

  private static Path part(Path table) throws IOException {
    try (Stream<Path> parts = Files.list(table)) {
      return parts.filter(part -> part.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  @Test
  void textAndWholeNumbersAreReadWhateverTheCodec(JavaSparkContext spark) throws IOException {
    for (String codec : List.of("none", "snappy", "gzip", "zstd", "lz4")) {
      Path table = folder.resolve(codec + ".parquet");
      write(spark, rows(0, 4000), SCHEMA, codec, table);
      assertEquals(expected(4000), read(table), codec);
      assertEquals(expected(4000), read(part(table)), codec);
    }
  }

  @Test
  void aTableOfSeveralFilesIsReadInTheOrderOfTheirNames(JavaSparkContext spark) throws IOException {
    Path table = Files.createDirectories(folder.resolve("all.parquet"));
    for (int i = 0; i < 3; i++) {
      Path some = folder.resolve("some-" + i);
      write(spark, rows(i * 100, i * 100 + 100), SCHEMA, "snappy", some);
      Files.copy(part(some), table.resolve("part-%s.snappy.parquet".formatted(2 * i)));
    }
    Files.writeString(table.resolve("_SUCCESS"), "");
    assertEquals(expected(300), read(table));
    Path other = folder.resolve("other");
    write(
        spark,
        List.of(RowFactory.create("x")),
        new StructType().add("path", "string"),
        "none",
        other);
    Files.copy(part(other), table.resolve("part-1.parquet"));
    ConvoyException e = assertThrows(ConvoyException.class, () -> read(table));
    assertTrue(
        e.getMessage()
            .startsWith(
                table
                    + "/part-1.parquet: its columns are others than those of the table's first file"),
        e.getMessage());
  }

  @Test
  void listsAreTheLabelsOfCsv(JavaSparkContext spark) throws IOException {
    var images = PackSets.draw(folder, 20, true);
    StringBuilder csv = new StringBuilder("labels,file\n");
    List<Row> rows = new ArrayList<>();
    for (String path : images.keySet()) {
      String[] labels =
          Stream.of("a", "b", "c")
              .filter(one -> (path + one).hashCode() % 2 == 0)
              .toArray(String[]::new);
      csv.append(String.join("|", labels)).append(',').append(path).append('\n');
      rows.add(RowFactory.create(labels, path));
    }
    Files.writeString(folder.resolve("labels.csv"), csv);
    StructType schema =
        new StructType()
            .add("labels", DataTypes.createArrayType(DataTypes.StringType))
            .add("file", "string");
    write(spark, rows, schema, "snappy", folder.resolve("labels.parquet"));
    Reading text = new Reading(3, List.of(), null, null, "|");
    Reading lists = Reading.of(3);
    try (SampleSource expected =
            new Table().training(files, folder + "/labels.csv", text).open(files);
        SampleSource found =
            new Table().training(files, folder + "/labels.parquet", lists).open(files)) {
      assertTrue(found.severalLabels());
      for (int i = 0; i < found.size(); i++) {
        assertArrayEquals(expected.labels(i), found.labels(i));
      }
      assertEquals(expected.fingerprint(), found.fingerprint());
    }
  }

  @Test
  void imagesAreFoundAsByCsv(JavaSparkContext spark) throws IOException {
    var images = PackSets.draw(folder, 20, true);
    StringBuilder csv = new StringBuilder("label,file\n");
    List<Row> rows = new ArrayList<>();
    for (String path : images.keySet()) {
      csv.append(PackSets.label(path)).append(',').append(path).append('\n');
      rows.add(RowFactory.create(PackSets.label(path), path));
    }
    Files.writeString(folder.resolve("labels.csv"), csv);
    StructType schema = new StructType().add("label", "string").add("file", "string");
    write(spark, rows, schema, "snappy", folder.resolve("labels.parquet"));
    Reading reading = new Reading(3, List.of(), null, null, null);
    try (SampleSource expected =
            new Table().training(files, folder + "/labels.csv", reading).open(files);
        SampleSource found =
            new Table().training(files, folder + "/labels.parquet", reading).open(files)) {
      assertEquals(expected.classes(), found.classes());
      assertEquals(expected.size(), found.size());
      Pixels one = new Pixels();
      Pixels other = new Pixels();
      for (int i = 0; i < found.size(); i++) {
        assertEquals(expected.describe(i), found.describe(i));
        ((IndexedSource) expected).read(i, Framing.STORED, one);
        ((IndexedSource) found).read(i, Framing.STORED, other);
        assertArrayEquals(one.bytes(), other.bytes());
      }
      assertEquals(expected.fingerprint(), found.fingerprint());
    }
    Files.delete(folder.resolve("labels.csv"));
    assertTrue(new Table().isIn(files, folder.toString()), "it lies in the folder by itself");
  }

  @Test
  void whatHoldsNeitherPathsNorImagesIsRefused(JavaSparkContext spark) throws IOException {
    Path table = folder.resolve("scores.parquet");
    StructType schema = new StructType().add("score", "double").add("label", "int");
    write(spark, List.of(RowFactory.create(0.5, 1)), schema, "none", table);
    ConvoyException e = assertThrows(ConvoyException.class, () -> read(table));
    assertEquals(
        table
            + ": none of its columns is text, such as the paths of images, or bytes, such as the"
            + " images themselves; it has score, label: name another table",
        e.getMessage());
    Path empty = Files.createDirectories(folder.resolve("empty.parquet"));
    e = assertThrows(ConvoyException.class, () -> read(empty));
    assertEquals(empty + ": there is no file *.parquet in it: name a table", e.getMessage());
  }

  @Test
  void damagedTablesAreAnError(JavaSparkContext spark) throws IOException {
    Path table = folder.resolve("whole.parquet");
    write(spark, rows(0, 500), SCHEMA, "snappy", table);
    byte[] whole = Files.readAllBytes(part(table));
    Path damaged = folder.resolve("damaged.parquet");
    for (int length = 0; length < whole.length; length += 1 + length / 7) {
      Files.write(damaged, Arrays.copyOf(whole, length));
      ConvoyException e = assertThrows(ConvoyException.class, () -> read(damaged));
      assertTrue(
          e.getMessage().startsWith(damaged + ": it is no table in Parquet, or damaged ("),
          e.getMessage());
    }
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(damaged, changed);
      try {
        read(damaged);
      } catch (ConvoyException e) {
        assertEquals(ConvoyException.Kind.DATA, e.kind());
      } catch (AssertionError e) {
        // other names of columns, which are in the footer as text; or others that are lists
        assertTrue(
            e.getMessage().contains("expected: <[path, tags, label, split]>")
                || e.getMessage().contains("expected: <[1]>"),
            e.getMessage());
      }
    }
  }
}
