package io.convoy.pack.job;

import static io.convoy.pack.job.PackSets.CLASSES;
import static io.convoy.pack.job.PackSets.SMALL;
import static io.convoy.pack.job.PackSets.describe;
import static io.convoy.pack.job.PackSets.draw;
import static io.convoy.pack.job.PackSets.label;
import static io.convoy.pack.job.PackSets.pack;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.examine.DamageRule;
import io.convoy.pack.PackDataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PackSession.class)
final class PackTablesTest {
  @TempDir Path folder;

  /** However a table is cut and shuffled, and wherever its images lie. */
  @Test
  void theBytesOfASetFollowFromItsImages(JavaSparkContext spark) throws Exception {
    TreeMap<String, byte[]> images = draw(folder.resolve("in"), 100, false);
    pack(spark, folder.resolve("in"), folder.resolve("out"));
    String expected = describe(folder.resolve("out"));
    List<Row> rows = new ArrayList<>();
    images.forEach((path, bytes) -> rows.add(RowFactory.create(path, label(path), bytes)));
    StructType schema =
        new StructType()
            .add("path", DataTypes.StringType)
            .add("label", DataTypes.StringType)
            .add("image", DataTypes.BinaryType);
    for (int partitions = 1; partitions <= 4; partitions++) {
      Collections.shuffle(rows, new Random(partitions));
      Path out = folder.resolve("out-" + partitions);
      ImagePack.write(
          PackSession.sql(spark).createDataFrame(rows, schema).repartition(partitions),
          out.toString(),
          SMALL);
      assertEquals(expected, describe(out));
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("out/part-00001.parquet")),
          Files.readAllBytes(out.resolve("part-00001.parquet")));
    }
    Path table = folder.resolve("table");
    PackSession.sql(spark)
        .createDataFrame(rows, schema)
        .repartition(2)
        .write()
        .parquet(table.toString());
    pack(spark, table, folder.resolve("of-table"));
    assertEquals(expected, describe(folder.resolve("of-table")));
    PackOptions other = new PackOptions(8, 1 << 16, List.of(), DamageRule.REFUSE);
    pack(spark, folder.resolve("in"), folder.resolve("other"), other);
    assertNotEquals(expected, describe(folder.resolve("other")));
  }

  @Test
  void tablesNameImagesOrHoldThem(JavaSparkContext spark) throws IOException {
    TreeMap<String, byte[]> images = draw(folder.resolve("in"), 100, false);
    pack(spark, folder.resolve("in"), folder.resolve("out"));
    StringBuilder csv = new StringBuilder("label,file\n");
    StringBuilder lines = new StringBuilder();
    for (String path : images.keySet()) {
      csv.append(label(path)).append(',').append(path).append('\n');
      lines.append(
          "{\"path\":\"%s\",\"kind\":%s}\n".formatted(path, 10 - CLASSES.indexOf(label(path))));
    }
    Files.writeString(folder.resolve("in/images.csv"), csv);
    pack(spark, folder.resolve("in/images.csv"), folder.resolve("of-csv"));
    assertEquals(describe(folder.resolve("out")), describe(folder.resolve("of-csv")));
    Files.writeString(folder.resolve("in/images.jsonl"), lines);
    ImagePack.pack(
        spark,
        folder.resolve("in/images.jsonl").toString(),
        folder.resolve("of-json").toString(),
        "kind",
        SMALL,
        PackListener.NONE);
    try (SampleSource numbered =
            new PackDataSet(folder.resolve("of-json").toString(), 3).open(new LocalFiles());
        SampleSource named =
            new PackDataSet(folder.resolve("out").toString(), 3).open(new LocalFiles())) {
      assertEquals(List.of("8", "9", "10"), numbered.classes());
      for (int row = 0; row < 100; row++) {
        assertEquals(2 - named.label(row), numbered.label(row));
      }
    }
  }
}
