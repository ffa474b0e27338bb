package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.checkpoint.Hdfs;
import io.convoy.data.FileDataSet;
import io.convoy.data.SampleSource;
import io.convoy.data.reader.Folders;
import io.convoy.data.reader.Reading;
import io.convoy.pack.DrawnImages;
import io.convoy.pack.PackDataSet;
import io.convoy.pack.job.ImagePack;
import io.convoy.pack.job.PackListener;
import io.convoy.pack.job.PackSummary;
import io.convoy.storage.HadoopFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On HDFS, class folders and a tar file of them are the same pack, of the images of the folders.
 */
@Tag("slow")
@ExtendWith(Hdfs.class)
final class HdfsPackingTest {
  private static final List<String> IMAGES =
      List.of(
          "100% #1/[a-z]*.png",
          "100% #1/sub folder/{x,y}.PNG",
          "100% #1/c%20d.png",
          "caf\u00e9/cafe\u0301.png",
          "caf\u00e9/a/b/c.png",
          "caf\u00e9/no ending?",
          "日本語/1.jpg");

  private static final List<String> DROPPINGS =
      List.of("100% #1/.DS_Store", "caf\u00e9/a/Thumbs.db", "@eaDir/1.png", "100% #1/._1.png");

  @Test
  void aTarFileIsPackedAsItsFolder(MiniDFSCluster cluster) throws Exception {
    TreeMap<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < IMAGES.size(); i++) {
      files.put("train/" + IMAGES.get(i), DrawnImages.png(i, 5, 7));
      files.put("val/" + IMAGES.get(i), DrawnImages.png(i + 50, 5, 7));
    }
    DROPPINGS.forEach(name -> files.put("train/" + name, new byte[2]));
    String root = cluster.getURI() + "/to-be-packed";
    write(cluster.getFileSystem(), root, files);
    try (JavaSparkContext spark = Sessions.executors(2)) {
      PackSummary folders =
          ImagePack.pack(
              spark, root + "/folders", root + "/a", null, PackMain.OPTIONS, PackListener.NONE);
      assertEquals(IMAGES.size(), folders.sets().get(0).images());
      ImagePack.pack(
          spark, root + "/images.tar", root + "/b", null, PackMain.OPTIONS, PackListener.NONE);
    }
    HadoopFiles store = new HadoopFiles(cluster.getConfiguration(0));
    for (String set : List.of("train", "test")) {
      try (SampleSource a = new PackDataSet(root + "/a/" + set, 3).open(store);
          SampleSource b = new PackDataSet(root + "/b/" + set, 3).open(store)) {
        assertEquals(a.fingerprint(), b.fingerprint());
        assertEquals(List.of("100% #1", "caf\u00e9", "日本語"), a.classes());
      }
    }
    FileDataSet read =
        (FileDataSet) new Folders().training(store, root + "/folders", Reading.of(3));
    assertEquals(IMAGES.size(), read.images(store).size());
  }

  private static void write(FileSystem store, String root, Map<String, byte[]> files)
      throws IOException {
    try (OutputStream out = store.create(new Path(root + "/images.tar"));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
      tar.setAddPaxHeadersForNonAsciiNames(true);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        try (OutputStream plain = store.create(new Path(root + "/folders/" + file.getKey()))) {
          plain.write(file.getValue());
        }
        TarArchiveEntry entry = new TarArchiveEntry("some/where/" + file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
  }
}
