package io.convoy.launcher.doctor;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a process is surrounded by.
 *
 * @param environment its environment variables
 * @param javaHome the home of the Java that it runs on
 * @param javaVersion the feature release, such as 17
 */
record Surroundings(Map<String, String> environment, Path javaHome, int javaVersion) {
  /** Those of this process. */
  static Surroundings here() {
    return new Surroundings(
        System.getenv(), Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /** A variable that is set to something. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** The places on the class path that hold a resource, jars or folders, in a fixed order. */
  static List<String> holdersOf(String resource) {
    try {
      TreeSet<String> holders = new TreeSet<>();
      for (URL url : Collections.list(loader().getResources(resource))) {
        String holder = url.toString().replaceFirst("^jar:", "").replaceFirst("!?/" + resource, "");
        holders.add(holder.substring(holder.lastIndexOf('/') + 1));
      }
      return List.copyOf(holders);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The loader of the application's classes, which sees what spark-submit adds, too. */
  static ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? Surroundings.class.getClassLoader() : context;
  }
}
