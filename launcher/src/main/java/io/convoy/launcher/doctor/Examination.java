package io.convoy.launcher.doctor;

import io.convoy.data.LocalNames;
import io.convoy.storage.HadoopFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/** All checks, one after the other, those that take long last. */
public final class Examination {
  private static final Duration OUTPUT_LIMIT = Duration.ofSeconds(30);

  private final List<Check> checks = new ArrayList<>();

  /**
   * @param configuration Hadoop's settings
   * @param files where data is looked for
   * @param data a folder of images; null to look at none
   * @param images whether each image there is read, too
   * @param output where runs are to be kept; null to try none
   */
  public Examination(
      Configuration configuration, HadoopFiles files, String data, boolean images, String output) {
    Surroundings here = Surroundings.here();
    checks.add(new JavaCheck(here));
    checks.add(new MachineCheck(here));
    checks.add(new LocaleCheck(here, LocalNames.charset()));
    checks.add(new ClassPathCheck(here));
    checks.add(new NetworkCheck(here));
    checks.add(new HadoopConfigurationCheck(here, configuration));
    if (data != null) {
      checks.add(new DataCheck(data, files));
    }
    if (data != null && images) {
      checks.add(new ImagesCheck(data, files, Runtime.getRuntime().availableProcessors()));
    }
    if (output != null) {
      checks.add(new OutputCheck(output, configuration, OUTPUT_LIMIT));
    }
    checks.add(new KernelsCheck(Runtime.getRuntime().availableProcessors()));
  }

  Examination(List<Check> checks) {
    this.checks.addAll(checks);
  }

  /**
   * Looks at everything.
   *
   * @param tell told each finding as it comes
   * @return all findings
   */
  public List<Finding> run(Consumer<Finding> tell) {
    List<Finding> all = new ArrayList<>();
    for (Check check : checks) {
      List<Finding> findings = look(check);
      findings.forEach(tell);
      all.addAll(findings);
    }
    return all;
  }

  /** A check that cannot be made is a finding, too: a class that is missing, a bad path. */
  private static List<Finding> look(Check check) {
    try {
      return check.look();
    } catch (RuntimeException | LinkageError e) {
      return List.of(
          Finding.fail(
              check.getClass().getSimpleName(),
              "it cannot be looked at (%s)".formatted(e),
              "look for what is missing on the class path, or wrong in the environment"));
    }
  }
}
