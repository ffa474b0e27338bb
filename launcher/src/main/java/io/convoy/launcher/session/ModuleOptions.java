package io.convoy.launcher.session;

import io.convoy.error.ConvoyException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * The options of a virtual machine that Spark runs in: its launcher gives them to every driver but
 * one that a standalone cluster's worker starts; executors get them from the driver.
 */
public final class ModuleOptions {
  private static final String VECTOR = "--add-modules=jdk.incubator.vector";
  private static final Pattern OPENS = Pattern.compile("--add-opens=(.+)/(.+)=ALL-UNNAMED");

  private ModuleOptions() {}

  /** All of them, as Spark's launcher gives them, the module of the Vector API among them. */
  public static String all() {
    return JavaModuleOptions.defaultModuleOptions();
  }

  /**
   * Checks that this process has what Spark cannot do without.
   *
   * @throws ConvoyException of kind RESOURCE that gives the options that are missing
   */
  public static void requireOpen() {
    requireOpen(ModuleLayer.boot(), ModuleOptions.class.getModule());
  }

  /** The same for other modules, opened to {@code reader}. */
  static void requireOpen(ModuleLayer layer, Module reader) {
    List<String> missing =
        Stream.of(all().split(" ")).filter(option -> !isOpen(option, layer, reader)).toList();
    if (missing.isEmpty()) {
      return;
    }
    // not needed to run, but kernels are many times slower without it
    boolean vector = layer.findModule("jdk.incubator.vector").isPresent();
    throw ConvoyException.resource(
        "Spark needs %d packages of Java's own that this JVM was started without opening: give a"
            + " driver on a worker --conf \"spark.driver.extraJavaOptions=%s\" (convoy train"
            + " --master spark://HOST:PORT --deploy-mode cluster does so), or any other JVM these"
            + " options",
        missing.size(), (vector ? "" : VECTOR + " ") + String.join(" ", missing));
  }

  /** Also where the option opens nothing, or what this Java does not have. */
  private static boolean isOpen(String option, ModuleLayer layer, Module reader) {
    Matcher opens = OPENS.matcher(option);
    if (!opens.matches()) {
      return true;
    }
    Optional<Module> module = layer.findModule(opens.group(1));
    return module.isEmpty()
        || !module.get().getPackages().contains(opens.group(2))
        || module.get().isOpen(opens.group(2), reader);
  }
}
