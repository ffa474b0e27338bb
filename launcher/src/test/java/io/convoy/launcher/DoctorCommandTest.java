package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says on machines that lack something, each a process of its own. */
@Tag("slow")
final class DoctorCommandTest {
  private static final List<String> VECTOR = List.of("--add-modules=jdk.incubator.vector");

  @TempDir Path folder;

  @Test
  void aGoodMachineHasNothingToSay() throws Exception {
    ForkedLauncher doctor =
        doctor(VECTOR, Map.of("JAVA_HOME", System.getProperty("java.home")), "--out", out());
    assertEquals(0, doctor.exitCode(), doctor::out);
    assertTrue(doctor.out().contains("ok    JAVA_HOME        /"), doctor::out);
    assertTrue(doctor.out().contains("ok    vector module    jdk.incubator.vector"), doctor::out);
    assertTrue(doctor.out().contains("ok    spark            4.2.0 with Scala 2.13."), doctor::out);
    assertTrue(doctor.out().contains("ok    hadoop           3.5.0"), doctor::out);
    assertTrue(
        doctor
            .out()
            .contains(
                "ok    self-test        a convolution, a JPEG and a resizing have the scalar kernels'"
                    + " bits;"),
        doctor::out);
    assertTrue(doctor.out().contains(": a file was written, read and deleted"), doctor::out);
    assertTrue(doctor.out().strip().endsWith(" 0 failed"), doctor::out);
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count(), "nothing is left behind");
    }
  }

  @Test
  void withoutTheVectorModule() throws Exception {
    ForkedLauncher doctor = doctor(List.of(), Map.of("JAVA_HOME", ""));
    assertEquals(0, doctor.exitCode(), doctor::out);
    says(
        doctor,
        "warn  vector module    jdk.incubator.vector is not there: kernels are scalar, many times"
            + " slower",
        "start the JVM with --add-modules=jdk.incubator.vector; for Spark before 4.2 put it into"
            + " spark.driver.extraJavaOptions and spark.executor.extraJavaOptions");
    assertTrue(doctor.out().contains("ok    kernels          scalar, with fused"), doctor::out);
  }

  @Test
  void withAWrongJavaHome() throws Exception {
    ForkedLauncher doctor = doctor(VECTOR, Map.of("JAVA_HOME", "/no/such/jdk"));
    assertEquals(4, doctor.exitCode(), doctor::out);
    says(
        doctor,
        "fail  JAVA_HOME        /no/such/jdk, which is no folder",
        "set it to a JDK, such as " + System.getProperty("java.home"));
  }

  @Test
  void withoutHdfs() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    String address = "hdfs://127.0.0.1:%s/runs".formatted(closed);
    ForkedLauncher doctor = doctor(VECTOR, Map.of("JAVA_HOME", ""), "--out", address);
    assertEquals(4, doctor.exitCode(), doctor::out);
    says(
        doctor,
        "fail  output           %s: nobody listens at its address".formatted(address),
        "start the file system (HDFS: its name node), or correct host and port; those of a cluster"
            + " stand in core-site.xml under fs.defaultFS, found by HADOOP_CONF_DIR");
  }

  @Test
  void asJson() throws Exception {
    ForkedLauncher doctor =
        doctor(VECTOR, Map.of("JAVA_HOME", "/no/such/jdk"), "--json", "--data", out());
    assertEquals(4, doctor.exitCode(), doctor::out);
    JsonNode json = JsonMapper.builder().build().readTree(doctor.out());
    assertFalse(json.get("ok").booleanValue());
    JsonNode javaHome = json.at("/findings/1");
    assertEquals("fail", javaHome.get("level").textValue());
    assertEquals("JAVA_HOME", javaHome.get("about").textValue());
    assertTrue(javaHome.get("advice").textValue().startsWith("set it to a JDK"));
  }

  private String out() {
    return folder.toUri().toString();
  }

  /** A finding, and below it what to do. */
  private static void says(ForkedLauncher doctor, String finding, String advice) {
    List<String> lines = doctor.out().lines().toList();
    int at = lines.indexOf(finding);
    assertTrue(at >= 0, doctor::out);
    assertEquals("-> " + advice, lines.get(at + 1).strip());
  }

  private static ForkedLauncher doctor(
      List<String> options, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    String[] all = new String[1 + arguments.length];
    all[0] = "doctor";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return ForkedLauncher.java(options, environment, all);
  }
}
