package io.convoy.pack.job;

import static io.convoy.pack.job.PackSets.describe;
import static io.convoy.pack.job.PackSets.draw;
import static io.convoy.pack.job.PackSets.pack;
import static io.convoy.pack.job.PackSets.said;
import static io.convoy.pack.job.PackSets.skipping;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.pack.DrawnImages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PackSession.class)
final class PackDamageTest {
  @TempDir Path folder;

  @Test
  void imagesThatCannotBeReadAreRefusedOrLeftOut(JavaSparkContext spark) throws IOException {
    Path source = folder.resolve("in");
    draw(source, 100, false);
    byte[] whole = Files.readAllBytes(source.resolve("plum/2.png"));
    Files.write(source.resolve("plum/2.png"), Arrays.copyOf(whole, whole.length - 20));
    Files.write(source.resolve("apple/99.png"), new byte[0]);
    Path out = folder.resolve("out");
    ConvoyException e = assertThrows(ConvoyException.class, () -> pack(spark, source, out));
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    String start =
        source
            + ": 2 of 100 images are damaged: mend them, take them away, or leave them out by"
            + " --damaged skip; nothing is packed (file:";
    assertTrue(e.getMessage().startsWith(start), e.getMessage());
    assertTrue(
        e.getMessage().contains("plum/2.png: the PNG is truncated or damaged"), e.getMessage());
    assertFalse(Files.exists(out));
    Path first = folder.resolve(".out.packing/part-00000.parquet");
    Object written = Files.readAttributes(first, BasicFileAttributes.class).fileKey();
    assertEquals(2, rejected(spark, folder.resolve(".out.packing")).size());
    PackOptions strict = skipping("1%");
    e = assertThrows(ConvoyException.class, () -> pack(spark, source, out, strict));
    String share =
        ": 2 of 100 images are damaged, more than --max-damaged (1%) allows: mend them, take them"
            + " away, or allow more; nothing is packed (file:";
    assertTrue(e.getMessage().startsWith(source + share), e.getMessage());
    PackOptions skip = skipping("2");
    PackSummary summary = pack(spark, source, out, skip);
    assertEquals(98, summary.sets().get(0).images());
    assertEquals(2, summary.sets().get(0).rejected());
    assertEquals(
        List.of("apple/99.png", "plum/2.png"),
        rejected(spark, out).stream().map(row -> row.getString(0)).sorted().toList());
    Object kept =
        Files.readAttributes(out.resolve("part-00000.parquet"), BasicFileAttributes.class)
            .fileKey();
    assertEquals(written, kept, "what was whole is not written again");
  }

  /** Whether they are made smaller or keep their bytes. */
  @Test
  void whatIsReadThoughItIsOddIsTold(JavaSparkContext spark) throws IOException {
    Path source = folder.resolve("in");
    draw(source, 30, false);
    byte[] jpeg = DrawnImages.jpeg(1, 40, 50);
    for (int i = 0; i < 7; i++) {
      Files.write(source.resolve("apple/extra-%s.jpg".formatted(i)), withExtraneousBytes(jpeg));
    }
    Files.write(source.resolve("plum/coarse.jpg"), withoutItsLastScan(progressive(jpeg)));
    for (int shorter : List.of(0, 20)) {
      PackOptions options = shorter == 0 ? PackSets.SMALL : PackSets.SMALL.withResized(shorter, 0);
      List<String> said = said(spark, source, folder.resolve("out-" + shorter), options);
      List<String> odd = said.stream().filter(line -> line.contains("JPEG")).toList();
      assertEquals(2, odd.size(), said::toString);
      assertTrue(
          odd.get(0)
              .matches(
                  ".*: JPEG with bytes that do not belong there, but read: 7 \\((apple/extra-\\d.jpg, ){4}apple/extra-\\d.jpg and 2 more\\)"),
          odd.get(0));
      assertTrue(
          odd.get(1).endsWith(": JPEG that lacks scans, so that it is coarse: 1 (plum/coarse.jpg)"),
          odd.get(1));
    }
  }

  private static byte[] withExtraneousBytes(byte[] jpeg) {
    int table = marker(jpeg, 0xDB);
    byte[] more = new byte[jpeg.length + 3];
    System.arraycopy(jpeg, 0, more, 0, table);
    System.arraycopy(jpeg, table, more, table + 3, jpeg.length - table);
    return more;
  }

  private static byte[] withoutItsLastScan(byte[] jpeg) {
    byte[] less = Arrays.copyOf(jpeg, marker(jpeg, 0xDA) + 2);
    less[less.length - 1] = (byte) 0xD9;
    return less;
  }

  /** Where a marker stands for the last time. */
  private static int marker(byte[] jpeg, int code) {
    for (int at = jpeg.length - 2; at > 0; at--) {
      if (jpeg[at] == (byte) 0xFF && jpeg[at + 1] == (byte) code) {
        return at;
      }
    }
    throw new AssertionError("no marker " + code);
  }

  private static byte[] progressive(byte[] jpeg) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(
          null, new IIOImage(ImageIO.read(new ByteArrayInputStream(jpeg)), null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static List<Row> rejected(JavaSparkContext spark, Path set) {
    return PackSession.sql(spark)
        .read()
        .parquet(set.resolve("rejected.parquet").toString())
        .select("path", "reason")
        .collectAsList();
  }

  /** As killed jobs leave it: a file without its description, and half a file of another name. */
  @Test
  void aLaterJobGoesOnWithWhatIsWhole(JavaSparkContext spark) throws IOException {
    Path source = folder.resolve("in");
    draw(source, 100, false);
    Path out = folder.resolve("out");
    PackOptions none = skipping("0");
    Files.write(source.resolve("apple/x.png"), new byte[9]);
    assertThrows(ConvoyException.class, () -> pack(spark, source, out, none));
    Path work = folder.resolve(".out.packing");
    Files.delete(work.resolve(".parts/part-00001.json"));
    Files.write(work.resolve("part-00001.parquet"), new byte[5]);
    Files.write(work.resolve(".tmp-000000000-part-00001.parquet-x"), new byte[5]);
    PackOptions skip = skipping("50%");
    pack(spark, source, out, skip);
    pack(spark, source, folder.resolve("expected"), skip);
    assertEquals(describe(folder.resolve("expected")), describe(out));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("expected/part-00001.parquet")),
        Files.readAllBytes(out.resolve("part-00001.parquet")));
    assertFalse(Files.exists(work));
    try (Stream<Path> names = Files.list(out)) {
      assertTrue(names.noneMatch(p -> p.getFileName().toString().startsWith(".")));
    }
  }

  @Test
  void aJobOverOtherImagesStartsAfresh(JavaSparkContext spark) throws IOException {
    Path source = folder.resolve("in");
    draw(source, 100, false);
    pack(spark, source, folder.resolve("expected"));
    Files.write(source.resolve("apple/x.png"), new byte[9]);
    assertThrows(ConvoyException.class, () -> pack(spark, source, folder.resolve("out")));
    Files.delete(source.resolve("apple/x.png"));
    pack(spark, source, folder.resolve("out"));
    assertEquals(describe(folder.resolve("expected")), describe(folder.resolve("out")));
    assertFalse(Files.exists(folder.resolve("out/rejected.parquet")));
  }
}
