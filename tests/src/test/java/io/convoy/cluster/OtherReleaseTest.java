package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataSet;
import io.convoy.error.ConvoyException;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import io.convoy.worker.Tasks;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors that hold the jar of another release than the driver, as old images of machines do. */
@Tag("slow")
class OtherReleaseTest {
  @TempDir Path folder;

  @Test
  void noTrainingBeginsAndBothReleasesAreNamed() throws Exception {
    Recipe recipe = Trainings.recipe(Trainings.MOMENTUM, 20, 1, Sync.PEERS);
    DataSet data = Trainings.data(folder, 157);
    SparkConf conf =
        Sessions.conf("local-cluster[1,1,1024]")
            .set("spark.executor.extraClassPath", classPathOfExecutors());
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      ConvoyException error =
          assertThrows(
              ConvoyException.class,
              () ->
                  new SparkTrainer(spark)
                      .train(
                          Runs.job(recipe, data, folder.resolve("run"), 1),
                          new TrainingListener() {}));
      assertEquals(ConvoyException.Kind.USAGE, error.kind(), error.getMessage());
      assertTrue(
          error.getMessage().matches("an executor \\(.+\\) has Convoy 0\\.0\\.9-other .*"),
          error.getMessage());
    }
  }

  /** This process's own, but that the trainer's classes are in a jar of another version. */
  private String classPathOfExecutors() throws Exception {
    Path classes = Path.of(Tasks.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> path = new ArrayList<>();
    path.add(otherJar(classes).toString());
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!Path.of(entry).equals(classes)) {
        path.add(entry);
      }
    }
    return String.join(File.pathSeparator, path);
  }

  private Path otherJar(Path classes) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "0.0.9-other");
    Path jar = folder.resolve("other.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      if (Files.isDirectory(classes)) {
        copyFolder(classes, out);
      } else {
        copyJar(classes, out);
      }
    }
    return jar;
  }

  private static void copyFolder(Path classes, JarOutputStream out) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
    }
  }

  private static void copyJar(Path classes, JarOutputStream out) throws IOException {
    try (JarFile jar = new JarFile(classes.toFile())) {
      for (var entry : jar.stream().filter(e -> !e.getName().startsWith("META-INF/")).toList()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        try (InputStream in = jar.getInputStream(entry)) {
          in.transferTo(out);
        }
      }
    }
  }
}
