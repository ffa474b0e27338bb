package io.convoy.launcher.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.util.VersionInfo;

/** Spark, Scala and Hadoop on the class path, and what should be there once but is there twice. */
record ClassPathCheck(Surroundings surroundings) implements Check {
  private static final String SPARK = "4.2";
  private static final String SCALA = "2.13";
  private static final String SPARK_VERSION = "spark-version-info.properties";
  private static final Pattern SPARK_JAR = Pattern.compile("spark-core_([0-9.]+)-(.+)\\.jar");
  private static final int HADOOP_OF_NEW_JAVA = 24;

  /** What has to be there once, and a file of it. */
  private static final Map<String, String> ONCE = new LinkedHashMap<>();

  static {
    ONCE.put("Spark", SPARK_VERSION);
    ONCE.put("Scala", "scala/Predef.class");
    ONCE.put("Hadoop", "org/apache/hadoop/util/VersionInfo.class");
    ONCE.put("Kryo", "com/esotericsoftware/kryo/Kryo.class");
    ONCE.put("Jackson", "com/fasterxml/jackson/databind/ObjectMapper.class");
    ONCE.put("slf4j provider", "META-INF/services/org.slf4j.spi.SLF4JServiceProvider");
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(spark());
    surroundings.variable("SPARK_HOME").ifPresent(home -> findings.add(sparkHome(Path.of(home))));
    findings.add(hadoop());
    findings.addAll(twice());
    return findings;
  }

  private static Finding spark() {
    String spark = property(SPARK_VERSION, "version");
    String language = scala.util.Properties.versionNumberString();
    String found = "%s with Scala %s".formatted(spark, language);
    if (!language.startsWith(SCALA + ".") || !spark.startsWith("4.")) {
      return Finding.fail(
          "spark", found, "Convoy is built for Spark %s with Scala %s".formatted(SPARK, SCALA));
    }
    return spark.startsWith(SPARK + ".")
        ? Finding.ok("spark", "%s", found)
        : Finding.warn("spark", found, "Convoy is built for and tested with Spark " + SPARK);
  }

  private static String property(String resource, String key) {
    URL url = Surroundings.loader().getResource(resource);
    if (url == null) {
      return "unknown";
    }
    try (InputStream in = url.openStream()) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty(key, "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static Finding sparkHome(Path home) {
    String advice = "set SPARK_HOME to a Spark %s, or unset it".formatted(SPARK);
    Path jars = home.resolve("jars");
    if (!Files.isDirectory(jars)) {
      return Finding.fail("SPARK_HOME", "%s, which has no folder jars".formatted(home), advice);
    }
    try (Stream<Path> files = Files.list(jars)) {
      List<String> versions =
          files
              .map(file -> SPARK_JAR.matcher(file.getFileName().toString()))
              .filter(Matcher::matches)
              .map(jar -> jar.group(2))
              .sorted()
              .toList();
      String running = property(SPARK_VERSION, "version");
      if (versions.equals(List.of(running))) {
        return Finding.ok("SPARK_HOME", "%s", home);
      }
      return Finding.fail(
          "SPARK_HOME",
          versions.isEmpty()
              ? "%s, which has no spark-core among its jars".formatted(home)
              : "%s, which is Spark %s, but %s runs"
                  .formatted(home, String.join(" and ", versions), running),
          advice);
    } catch (IOException e) {
      return Finding.fail("SPARK_HOME", "%s cannot be read (%s)".formatted(home, e), advice);
    }
  }

  private Finding hadoop() {
    String version = VersionInfo.getVersion();
    boolean old = version.matches("[012]\\..*|3\\.[0-4]\\..*");
    return old && surroundings.javaVersion() >= HADOOP_OF_NEW_JAVA
        ? Finding.fail(
            "hadoop",
            version + ", which does not run on Java " + surroundings.javaVersion(),
            "use Hadoop 3.5 or later, or Java 17 or 21")
        : Finding.ok("hadoop", "%s", version);
  }

  private static List<Finding> twice() {
    List<Finding> findings = new ArrayList<>();
    ONCE.forEach(
        (name, resource) -> {
          List<String> holders = Surroundings.holdersOf(resource);
          if (holders.size() > 1) {
            findings.add(
                Finding.warn(
                    "class path",
                    "%s is there %s times: %s"
                        .formatted(name, holders.size(), String.join(", ", holders)),
                    "take all but one away: which of them is used is chance"));
          }
        });
    if (!Surroundings.holdersOf("org/slf4j/impl/StaticLoggerBinder.class").isEmpty()) {
      findings.add(
          Finding.warn(
              "class path",
              "a logger of slf4j 1: "
                  + String.join(
                      ", ", Surroundings.holdersOf("org/slf4j/impl/StaticLoggerBinder.class")),
              "take it away: Spark logs by slf4j 2"));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok("class path", "everything once"));
    }
    return findings;
  }
}
