package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.checkpoint.Hdfs;
import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.reader.DataFormat;
import io.convoy.data.reader.Folders;
import io.convoy.data.reader.Reading;
import io.convoy.data.reader.Table;
import io.convoy.storage.HadoopFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Folders and tables with names of any characters are the same set on HDFS as on a local disk. */
@Tag("slow")
@ExtendWith(Hdfs.class)
final class HdfsFoldersTest {
  private static final String NFC = "caf\u00e9";
  private static final String NFD = "cafe\u0301";
  private static final Reading READING = Reading.of(1);

  @TempDir java.nio.file.Path local;
  private final FileStore localFiles = new LocalFiles();

  @Test
  void classFolders(MiniDFSCluster hdfs) throws IOException {
    List<String> images =
        List.of(
            "train/100% #1/[a-z]*.png",
            "train/100% #1/sub folder/{x,y}.PNG",
            "train/100% #1/c%20d.png",
            "train/" + NFC + "/" + NFD + ".png",
            "train/" + NFC + "/a/b/c.png",
            "train/" + NFC + "/no ending?",
            "train/日本語/1.jpg",
            "test/" + NFD + "/1.png");
    String far = hdfs.getURI() + "/folders";
    for (int i = 0; i < images.size(); i++) {
      put(hdfs, far, images.get(i), png(i));
    }
    for (String dropped : List.of("100% #1/.DS_Store", NFC + "/a/Thumbs.db", "@eaDir/1.png")) {
      put(hdfs, far, "train/" + dropped, new byte[] {1});
    }
    HadoopFiles files = new HadoopFiles(new Configuration());
    assertSame(new Folders(), files, far);
    try (SampleSource source = new Folders().training(files, far, READING).open(files)) {
      assertEquals(List.of("100% #1", NFC, "日本語"), source.classes());
      assertEquals(
          Stream.of(1, 2, 0, 4, 3, 5, 6).map(i -> far + "/" + images.get(i)).sorted().toList(),
          IntStream.range(0, source.size()).mapToObj(source::describe).sorted().toList());
    }
  }

  @Test
  void tables(MiniDFSCluster hdfs) throws IOException {
    String far = hdfs.getURI() + "/tables";
    put(hdfs, far, "images/" + NFD + " #%41[x].png", png(1));
    put(hdfs, far, "images/2.png", png(2));
    put(hdfs, far, "3.png", png(3));
    String text =
        "path,label\nimages/%s #%%41[x].png,%s\n./images/2.png,b\nROOT/3.png,b\n"
            .formatted(NFC, NFC);
    put(hdfs, far, "train.csv", bytes(text.replace("ROOT", "/tables")));
    put(hdfs, far, "test.csv", bytes("path,label\n%s/images/2.png,b\n".formatted(far)));
    // full names are others here
    Files.write(local.resolve("train.csv"), bytes(text.replace("ROOT", local.toString())));
    Files.write(
        local.resolve("test.csv"), bytes("path,label\n%s/images/2.png,b\n".formatted(local)));
    assertSame(new Table(), new HadoopFiles(new Configuration()), far);
  }

  /** So nobody has them there. */
  @Test
  void hdfsRefusesColons(MiniDFSCluster hdfs) {
    assertThrows(
        IllegalArgumentException.class,
        () -> put(hdfs, hdfs.getURI() + "/colons", "a/1:2.png", new byte[1]));
  }

  private void assertSame(DataFormat format, FileStore files, String far) {
    String near = local.toString();
    try (SampleSource there = format.training(files, far, READING).open(files);
        SampleSource here = format.training(localFiles, near, READING).open(localFiles)) {
      assertEquals(here.fingerprint(), there.fingerprint());
      assertEquals(
          here.leftOut(), there.leftOut().stream().map(n -> n.replace(far, near)).toList());
      DataSet test = format.test(files, far, READING).orElseThrow();
      DataSet testHere = format.test(localFiles, near, READING).orElseThrow();
      try (SampleSource tested = test.labelledAs(there.classes()).open(files);
          SampleSource testedHere = testHere.labelledAs(here.classes()).open(localFiles)) {
        assertEquals(testedHere.fingerprint(), tested.fingerprint());
        tested.requireComparableTo(there);
      }
    }
  }

  /** To HDFS, and to the same place on the local disk. */
  private void put(MiniDFSCluster hdfs, String far, String name, byte[] bytes) throws IOException {
    FileSystem files = hdfs.getFileSystem();
    try (FSDataOutputStream out = files.create(new Path(far + "/" + name))) {
      out.write(bytes);
    }
    java.nio.file.Path file = local.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] png(int grey) throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, grey);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
