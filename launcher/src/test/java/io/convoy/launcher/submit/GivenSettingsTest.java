package io.convoy.launcher.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GivenSettingsTest {
  @TempDir Path folder;

  @Test
  void anOptionGoesBeforeConfBeforeAPropertyBeforeAFile() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("defaults"),
            "spark.executor.memory 1g\nspark.a=file\nspark.b  file \nspark.c file\nother x\n");
    SparkConf here =
        new SparkConf(false).set("spark.b", "here").set("spark.c", "here").set("spark.jars", "j");
    SubmitOptions options = Submits.options("--executor-memory", "2g", "--conf", "spark.c=conf=3");
    GivenSettings given = GivenSettings.of(options, here, Optional.of(file));
    assertEquals(
        List.of("spark.a", "spark.b", "spark.c", "spark.executor.memory"),
        List.copyOf(given.all().keySet()));
    assertEquals(
        new GivenSettings.Given("file", file.toString(), true), given.find("spark.a").get());
    assertEquals(new GivenSettings.Given("here", "-Dspark.b", false), given.find("spark.b").get());
    assertEquals("conf=3", given.find("spark.c").get().value());
    assertEquals(2L << 30, given.bytes("spark.executor.memory").get());
    assertEquals("2g", given.conf().get("spark.executor.memory"));
  }

  @Test
  void aNamedFileGoesInPlaceOfSparksOwn() throws Exception {
    Path own = Files.writeString(folder.resolve("own"), "spark.a 1\n");
    Path named = Files.writeString(folder.resolve("named"), "spark.b 2\n");
    GivenSettings given =
        GivenSettings.of(
            Submits.options("--properties-file", named.toString()),
            new SparkConf(false),
            Optional.of(own));
    assertEquals(
        Map.of("spark.b", new GivenSettings.Given("2", named.toString(), true)), given.all());
    ConvoyException error =
        assertThrows(
            ConvoyException.class,
            () -> Submits.given(Submits.options("--properties-file", folder + "/none")));
    assertTrue(
        error.getMessage().startsWith(folder + "/none: settings of Spark's cannot be read from it"),
        error.getMessage());
  }

  /** spark-submit reads a file by itself: its settings win by being left alone. */
  @Test
  void whatAFileGivesIsNotRepeated() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "spark.executor.memory 9g\nspark.x y\n");
    SubmitCommand command =
        Submits.command("yarn", 1, 1, List.of(), "--properties-file", file.toString());
    assertTrue(command.options().contains(List.of("--properties-file", file.toString())));
    assertTrue(
        command.words().stream().noneMatch(w -> w.contains("executor-memory") || w.contains("=y")),
        command::text);
    assertEquals("executor memory  9g given by " + file, command.report().get(1));
  }

  @Test
  void whereSparkSubmitIs() throws Exception {
    Path program = Files.createDirectories(folder.resolve("spark/bin")).resolve("spark-submit");
    Files.writeString(program, "#!/bin/sh\n");
    assertTrue(program.toFile().setExecutable(true));
    Path home = folder.resolve("spark");
    Path links = Files.createDirectory(folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("spark-submit"), program);
    SubmitOptions none = Submits.options();
    SparkSubmit found = new SparkSubmit(program, home);
    assertEquals(
        found,
        SparkSubmit.find(
            Submits.options("--spark-home", home.toString()), Map.of("SPARK_HOME", "/nowhere")));
    assertEquals(found, SparkSubmit.find(none, Map.of("SPARK_HOME", home.toString(), "PATH", "")));
    SparkSubmit onPath = SparkSubmit.find(none, Map.of("PATH", "/no:" + links));
    assertEquals(links.resolve("spark-submit"), onPath.program());
    assertEquals(home.toRealPath(), onPath.home());
    assertEquals(home.resolve("conf/spark-defaults.conf"), found.defaults(Map.of()));
    assertEquals(Path.of("/c/spark-defaults.conf"), found.defaults(Map.of("SPARK_CONF_DIR", "/c")));
  }

  @Test
  void noSparkSubmit() {
    ConvoyException wrong =
        assertThrows(
            ConvoyException.class,
            () -> SparkSubmit.find(Submits.options(), Map.of("SPARK_HOME", "/nowhere")));
    assertEquals(
        "SPARK_HOME=/nowhere has no bin/spark-submit that can be run: name the folder of an"
            + " installed Spark 4.2",
        wrong.getMessage());
    ConvoyException none =
        assertThrows(
            ConvoyException.class,
            () -> SparkSubmit.find(Submits.options(), Map.of("PATH", folder.toString())));
    assertEquals(
        "no spark-submit is found: it is taken from --spark-home DIR, else from SPARK_HOME, else"
            + " from PATH; install Spark 4.2 and name it by one of them, or, for a cluster of"
            + " scripts/cluster, which needs no installed Spark, call scripts/cluster submit --class"
            + " io.convoy.launcher.Main JAR train ...",
        none.getMessage());
    assertEquals(ConvoyException.Kind.RESOURCE, none.kind());
  }
}
