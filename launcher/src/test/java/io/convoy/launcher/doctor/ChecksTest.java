package io.convoy.launcher.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.LocalFiles;
import io.convoy.launcher.doctor.Finding.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each check where what it looks at is wrong. */
final class ChecksTest {
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  @TempDir Path folder;

  @Test
  void javaHomes() throws IOException {
    Finding none = javaHome(folder.toString());
    assertEquals(Level.FAIL, none.level());
    assertEquals(folder + ", which has no bin/java", none.found());
    Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
    Files.writeString(java, "");
    assertTrue(java.toFile().setExecutable(true));
    Finding other = javaHome(folder.toString());
    assertEquals(Level.WARN, other.level());
    assertEquals(folder + ", which is not the Java that runs", other.found());
    assertEquals(Level.OK, javaHome(JAVA_HOME.toString()).level());
    assertEquals(Level.OK, javaHome("").level());
  }

  private static Finding javaHome(String value) {
    return new JavaCheck(new Surroundings(Map.of("JAVA_HOME", value), JAVA_HOME, 17)).look().get(1);
  }

  @Test
  void anOldJava() {
    Finding old = new JavaCheck(new Surroundings(Map.of(), JAVA_HOME, 11)).look().get(0);
    assertEquals(Level.FAIL, old.level());
    assertEquals(
        "Convoy needs 17 or later: install a newer JDK and set JAVA_HOME to it", old.advice());
  }

  @Test
  void charactersOfNames() {
    Finding plain = locale("ANSI_X3.4-1968", Map.of("LANG", "C.UTF-8", "LC_ALL", "C"));
    assertEquals(Level.WARN, plain.level());
    assertEquals("taken for ANSI_X3.4-1968 (LC_ALL=C): others cannot be read", plain.found());
    Finding unicode = locale("UTF-8", Map.of());
    assertEquals(Level.OK, unicode.level());
    assertEquals("taken for UTF-8 (no locale is set)", unicode.found());
  }

  private static Finding locale(String charset, Map<String, String> environment) {
    return new LocaleCheck(new Surroundings(environment, JAVA_HOME, 17), charset).look().get(0);
  }

  @Test
  void sparkHomes() throws IOException {
    Finding none = sparkHome();
    assertEquals(folder + ", which has no folder jars", none.found());
    Path jars = Files.createDirectories(folder.resolve("jars"));
    assertEquals(folder + ", which has no spark-core among its jars", sparkHome().found());
    Files.writeString(jars.resolve("spark-core_2.12-3.5.1.jar"), "");
    Finding older = sparkHome();
    assertEquals(Level.FAIL, older.level());
    assertEquals(folder + ", which is Spark 3.5.1, but 4.2.0 runs", older.found());
    Files.writeString(jars.resolve("spark-core_2.13-4.2.0.jar"), "");
    assertTrue(sparkHome().found().contains("which is Spark 3.5.1 and 4.2.0"));
    Files.delete(jars.resolve("spark-core_2.12-3.5.1.jar"));
    assertEquals(Level.OK, sparkHome().level());
  }

  private Finding sparkHome() {
    Map<String, String> environment = Map.of("SPARK_HOME", folder.toString());
    return new ClassPathCheck(new Surroundings(environment, JAVA_HOME, 17)).look().get(1);
  }

  @Test
  void addressesOfOtherMachines() {
    assertEquals(Level.OK, localIp("127.0.0.1").level());
    Finding other = localIp("198.51.100.77");
    assertEquals(Level.FAIL, other.level());
    assertEquals("198.51.100.77 is no address of this machine", other.found());
    assertEquals("no-such.invalid has no address", localIp("no-such.invalid").found());
  }

  private static Finding localIp(String address) {
    return new NetworkCheck(new Surroundings(Map.of("SPARK_LOCAL_IP", address), JAVA_HOME, 17))
        .look()
        .get(1);
  }

  @Test
  void foldersOfHadoopsSettings() throws IOException {
    Path missing = folder.resolve("missing");
    assertEquals(missing + ", which is no folder", hadoop(missing).found());
    assertEquals(folder + ", which has no core-site.xml", hadoop(folder).found());
    Files.writeString(folder.resolve("core-site.xml"), "<configuration/>");
    Finding unread = hadoop(folder);
    assertEquals(Level.WARN, unread.level());
    assertEquals(
        folder + " is not on the class path, so that its settings are not read", unread.found());
  }

  private static Finding hadoop(Path folder) {
    Map<String, String> environment = Map.of("HADOOP_CONF_DIR", folder.toString());
    return new HadoopConfigurationCheck(
            new Surroundings(environment, JAVA_HOME, 17), new Configuration())
        .look()
        .get(0);
  }

  @Test
  void foldersToSpillInto() {
    Path missing = folder.resolve("missing");
    Map<String, String> environment = Map.of("SPARK_LOCAL_DIRS", folder + "," + missing);
    List<Finding> findings = new MachineCheck(new Surroundings(environment, JAVA_HOME, 17)).look();
    assertEquals(4, findings.size());
    assertTrue(findings.get(2).found().contains(" free in " + folder), findings.get(2)::found);
    assertEquals(missing + " cannot be written to", findings.get(3).found());
    assertEquals(Level.FAIL, findings.get(3).level());
  }

  @Test
  void foldersOfImages() throws IOException {
    assertEquals(Level.FAIL, data(folder.resolve("missing")).level());
    Files.writeString(folder.resolve("notes.txt"), "");
    Finding unknown = data(folder);
    assertEquals(Level.WARN, unknown.level());
    assertTrue(unknown.found().endsWith("it begins with notes.txt"), unknown.found());
    Path cups = Files.createDirectories(folder.resolve("train/cup"));
    Files.createDirectories(folder.resolve("test/cup"));
    Path link = Files.createSymbolicLink(cups.resolve("a.png"), folder.resolve("gone"));
    Finding unread = data(folder);
    assertEquals(Level.FAIL, unread.level());
    assertTrue(
        unread.found().contains("train/cup: 1 of its 1 names cannot be read (a.png): the file was"),
        unread.found());
    Files.delete(link);
    assertTrue(data(folder).found().endsWith("data.format folders"));
    Files.writeString(folder.resolve("data_batch_1.bin"), "");
    Files.writeString(folder.resolve("test_batch.bin"), "");
    Finding cut = data(folder);
    assertEquals(Level.FAIL, cut.level());
    assertTrue(cut.found().endsWith("data_batch_2.bin: no such file or folder"), cut.found());
    for (int batch = 2; batch <= 5; batch++) {
      Files.writeString(folder.resolve("data_batch_" + batch + ".bin"), "");
    }
    assertTrue(data(folder).found().endsWith("data.format cifar10"));
    for (String name : List.of("train", "t10k")) {
      Files.writeString(folder.resolve(name + "-images-idx3-ubyte"), "");
      Files.writeString(folder.resolve(name + "-labels-idx1-ubyte.gz"), "");
    }
    assertTrue(data(folder).found().endsWith("data.format idx"));
  }

  private static Finding data(Path folder) {
    return new DataCheck(folder.toString(), new LocalFiles()).look().get(0);
  }

  @Test
  void outputThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Finding below = output(file.resolve("below").toUri().toString(), 20);
    assertEquals(Level.FAIL, below.level());
    Finding unknown = output("nosuch://host/runs", 20);
    assertEquals(Level.FAIL, unknown.level());
    assertEquals(
        "put the file system's connector on the class path (spark-submit --packages)",
        unknown.advice());
  }

  @Test
  void aCheckThatCannotBeMadeIsAFinding() {
    Check broken =
        () -> {
          throw new NoClassDefFoundError("scala/Predef");
        };
    Check good = () -> List.of(Finding.ok("good", "as it should be"));
    List<Finding> told = new ArrayList<>();
    List<Finding> findings = new Examination(List.of(broken, good)).run(told::add);
    assertEquals(findings, told);
    assertEquals(Level.FAIL, findings.get(0).level());
    assertTrue(findings.get(0).found().contains("scala/Predef"), findings.get(0).found());
    assertEquals(Level.OK, findings.get(1).level());
  }

  /** Somebody listens, and says nothing. */
  @Test
  void outputThatDoesNotAnswer() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String address = "hdfs://127.0.0.1:%s/runs".formatted(silent.getLocalPort());
      Finding finding = output(address, 2);
      assertEquals(Level.FAIL, finding.level());
      assertEquals(address + ": no answer within 2 s", finding.found());
    }
  }

  private static Finding output(String folder, int seconds) {
    return new OutputCheck(folder, new Configuration(), Duration.ofSeconds(seconds)).look().get(0);
  }
}
