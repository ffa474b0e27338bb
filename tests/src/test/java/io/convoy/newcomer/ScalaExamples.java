package io.convoy.newcomer;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;

/** Scala of a document, compiled by the compiler of Spark's own Scala. */
final class ScalaExamples {
  private ScalaExamples() {}

  /**
   * Compiles methods and loads them. What the compiler says, warnings too, goes to stdout and fails
   * the test.
   *
   * @param methods Scala that defines all of {@link TableExamples}
   * @param folder where source and classes go
   */
  static TableExamples compiled(String methods, Path folder) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path source = folder.resolve("Examples.scala");
    Files.writeString(
        source,
        """
        class Examples extends io.convoy.newcomer.TableExamples {
        %s
        }
        """
            .formatted(methods));
    String[] arguments = {
      "-classpath",
      System.getProperty("java.class.path"),
      "-d",
      classes.toString(),
      "-deprecation",
      "-feature",
      "-Werror",
      source.toString()
    };
    Assertions.assertTrue(
        scala.tools.nsc.Main.process(arguments), () -> "scalac fails on:\n" + methods);
    return load(classes);
  }

  /** The loader stays open: Spark may ask it for classes as long as the test runs. */
  @SuppressWarnings("resource")
  private static TableExamples load(Path classes) throws IOException {
    URL[] urls = {classes.toUri().toURL()};
    try {
      return (TableExamples)
          new URLClassLoader(urls, ScalaExamples.class.getClassLoader())
              .loadClass("Examples")
              .getConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("the compiled Scala cannot be loaded", e);
    }
  }
}
