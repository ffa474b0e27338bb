package io.convoy.worker;

import io.convoy.error.ConvoyException;
import io.convoy.train.Numerics;
import java.io.IOException;
import java.io.Serializable;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManagerId;

/**
 * Which Convoy a process runs. Executors need not have the driver's jar: each knows its own.
 *
 * @param code version of the jar, such as {@code 0.1.0}; {@code development} outside a jar
 * @param numerics version of the numerics contract
 */
public record Release(String code, int numerics) implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String DEVELOPMENT = "development";

  /** That of this process. */
  public static final Release OWN = new Release(ownCode(), Numerics.VERSION);

  /**
   * Read from the jar that this class is in. Its package would not do: a package takes its version
   * from the first of its classes that is loaded, which may lie elsewhere.
   */
  private static String ownCode() {
    try {
      Path own = Path.of(Release.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!Files.isRegularFile(own)) {
        return DEVELOPMENT;
      }
      try (JarFile jar = new JarFile(own.toFile())) {
        Manifest manifest = jar.getManifest();
        String version =
            manifest == null
                ? null
                : manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        return version == null ? DEVELOPMENT : version;
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("cannot read the jar that Convoy was loaded from", e);
    }
  }

  /**
   * Makes sure that this process, an executor, runs the same as the driver, whose release this is.
   *
   * @throws ConvoyException of kind USAGE if it does not
   */
  void requireHere() {
    BlockManagerId here = SparkEnv.get().blockManager().blockManagerId();
    requireSame(OWN, "%s on %s".formatted(here.executorId(), here.host()));
  }

  void requireSame(Release executor, String place) {
    if (!equals(executor)) {
      throw ConvoyException.usage(
          "an executor (%s) has Convoy %s (numerics version %d), the driver has %s (%d): give all of"
              + " them the same jar",
          place, executor.code, executor.numerics, code, numerics);
    }
  }
}
