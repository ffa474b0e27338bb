package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.checkpoint.Hdfs;
import io.convoy.launcher.doctor.Examination;
import io.convoy.launcher.doctor.Finding;
import io.convoy.storage.HadoopFiles;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The doctor's small file on a real HDFS. */
@Tag("slow")
@ExtendWith(Hdfs.class)
final class HdfsDoctorTest {
  @Test
  void aFileIsWrittenReadAndDeleted(MiniDFSCluster hdfs) throws IOException {
    FileSystem files = hdfs.getFileSystem();
    Path above = files.makeQualified(new Path("/doctor"));
    assertTrue(files.mkdirs(above));
    Configuration elsewhere = new Configuration();
    List<Finding> findings =
        new Examination(elsewhere, new HadoopFiles(elsewhere), null, false, above + "/runs/7")
            .run(finding -> {});
    Finding output =
        findings.stream().filter(f -> f.about().equals("output")).findFirst().orElseThrow();
    assertEquals(Finding.Level.OK, output.level(), output.found());
    assertEquals(above + ": a file was written, read and deleted", output.found());
    assertEquals(0, files.listStatus(above).length, "nothing is left behind");
  }
}
