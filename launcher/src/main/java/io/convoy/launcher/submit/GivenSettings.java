package io.convoy.launcher.submit;

import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/**
 * Spark's settings as the user gave them, each with the place. They go before all that we choose.
 */
public final class GivenSettings {
  /** What scripts/convoy sets for sessions of its own, and what {@code --master} says. */
  private static final Set<String> OURS = Set.of("spark.jars", "spark.master");

  /**
   * A setting.
   *
   * @param by the option, property or file that it comes from
   * @param fromFile whether spark-submit reads it there by itself
   */
  record Given(String value, String by, boolean fromFile) {}

  private final Map<String, Given> settings = new TreeMap<>();

  /**
   * Collects them. An option goes before {@code --conf}, that before a property of this process
   * ({@code -Dspark.…}), and that before the file.
   *
   * @param here the properties of this process
   * @param defaults Spark's own file, read where {@code --properties-file} names no other; may be
   *     missing
   * @throws ConvoyException of kind USAGE for what is no setting, and for a named file that is not
   *     there
   */
  public static GivenSettings of(SubmitOptions options, SparkConf here, Optional<Path> defaults) {
    GivenSettings given = new GivenSettings();
    if (options.propertiesFile() != null) {
      given.read(options.propertiesFile());
    } else {
      defaults.filter(Files::isRegularFile).ifPresent(given::read);
    }
    for (Tuple2<String, String> property : here.getAll()) {
      if (!OURS.contains(property._1())) {
        given.put(property._1(), property._2(), "-D" + property._1());
      }
    }
    options.settings().forEach((key, value) -> given.put(key, value, "--conf " + key));
    given.settings.putAll(options.named());
    return given;
  }

  private void put(String key, String value, String by) {
    settings.put(key, new Given(value, by, false));
  }

  private void read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConvoyException(
          ConvoyException.Kind.USAGE,
          "%s: settings of Spark's cannot be read from it (%s)".formatted(file, e),
          e);
    }
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith("spark.")) {
        settings.put(key, new Given(properties.getProperty(key).strip(), file.toString(), true));
      }
    }
  }

  Optional<Given> find(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  /** All of them, by key. */
  Map<String, Given> all() {
    return settings;
  }

  /** As Spark's own classes read them. */
  public SparkConf conf() {
    SparkConf conf = new SparkConf(false);
    settings.forEach((key, given) -> conf.set(key, given.value()));
    return conf;
  }

  /**
   * A size of memory, in bytes; a bare number counts megabytes, as with Spark.
   *
   * @throws ConvoyException of kind USAGE when it is none
   */
  Optional<Long> bytes(String key) {
    return find(key)
        .map(
            given -> {
              try {
                return conf().getSizeAsMb(key) << 20;
              } catch (RuntimeException e) { // an IllegalArgumentException or NumberFormatException
                throw ConvoyException.usage(
                    "%s must be a size of memory such as 1536m or 3g; got '%s'",
                    given.by(), given.value());
              }
            });
  }

  /**
   * A number, at least 1.
   *
   * @throws ConvoyException of kind USAGE when it is none
   */
  Optional<Integer> number(String key) {
    return find(key)
        .map(
            given -> {
              if (!given.value().matches("[1-9]\\d{0,5}")) {
                throw ConvoyException.usage(
                    "%s must be a number from 1 to 999999; got '%s'", given.by(), given.value());
              }
              return Integer.parseInt(given.value());
            });
  }
}
