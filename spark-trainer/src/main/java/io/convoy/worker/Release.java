package io.convoy.worker;

import io.convoy.error.ConvoyException;
import io.convoy.release.OwnJar;
import io.convoy.train.Numerics;
import java.io.Serializable;
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

  /** That of this process. */
  public static final Release OWN =
      new Release(OwnJar.of(Release.class).version().orElse("development"), Numerics.VERSION);

  /**
   * Makes sure that this process, an executor, runs the same as the driver, whose release this is.
   *
   * @throws ConvoyException of kind USAGE if it does not
   */
  public void requireHere() {
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
