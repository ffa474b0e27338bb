package io.convoy.launcher.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.launcher.doctor.Examination;
import io.convoy.launcher.doctor.Finding;
import io.convoy.launcher.terminal.Console;
import io.convoy.storage.HadoopFiles;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code convoy doctor}: whether this machine has what Convoy needs, and what to do where not. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Looks whether this machine has what Convoy needs.",
    description = {
      "",
      "Each line begins with ok, warn (it works, but slower or not everywhere) or fail. Below the"
          + " latter two stands what to do. The exit code is 4 if anything fails.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  convoy doctor",
      "  convoy doctor --data data/fashion-mnist --out hdfs://namenode:8020/runs",
      "  convoy doctor --data photos --images",
      "  convoy doctor --json"
    })
public final class DoctorCommand implements Callable<Integer> {
  private static final String SPARK_HADOOP = "spark.hadoop.";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder of images, on any Hadoop file system: what it holds.")
  private String data;

  @Option(
      names = "--images",
      description = {
        "With --data: each image of folders and tables is read",
        "and decoded, too. The next training knows them then."
      })
  private boolean images;

  @Option(
      names = "--out",
      paramLabel = "URI",
      description = {
        "Where runs are to be kept, on any Hadoop file system:",
        "a small file is written, read and deleted there."
      })
  private String out;

  @Mixin private final JsonOption json = new JsonOption();

  private final Console console;

  public DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (images && data == null) {
      throw ConvoyException.usage(
          "--images goes with --data DIR: the folder whose images are read");
    }
    Configuration configuration = configuration();
    Examination examination =
        new Examination(configuration, new HadoopFiles(configuration), data, images, out);
    List<Finding> findings = examination.run(json.given() ? finding -> {} : this::print);
    long failed = count(findings, Finding.Level.FAIL);
    if (json.given()) {
      console.out().println(object(findings));
    } else {
      console
          .out()
          .printf(
              Locale.ROOT,
              "%n%d ok, %d to look at, %d failed%n",
              count(findings, Finding.Level.OK),
              count(findings, Finding.Level.WARN),
              failed);
    }
    return failed == 0 ? 0 : ConvoyException.resource("").exitCode();
  }

  /**
   * Hadoop's settings as a session would have them. Spark is not asked: what it needs to start may
   * be what is missing.
   */
  private static Configuration configuration() {
    Configuration configuration = new Configuration();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(SPARK_HADOOP)) {
        configuration.set(name.substring(SPARK_HADOOP.length()), System.getProperty(name));
      }
    }
    return configuration;
  }

  private static long count(List<Finding> findings, Finding.Level level) {
    return findings.stream().filter(finding -> finding.level() == level).count();
  }

  private void print(Finding finding) {
    console
        .out()
        .printf(Locale.ROOT, "%-5s %-16s %s%n", level(finding), finding.about(), finding.found());
    if (!finding.advice().isEmpty()) {
      console.out().printf(Locale.ROOT, "%-22s -> %s%n", "", finding.advice());
    }
  }

  private static String level(Finding finding) {
    return finding.level().name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode object(List<Finding> findings) {
    ObjectNode object = Json.object();
    object.put("ok", count(findings, Finding.Level.FAIL) == 0);
    ArrayNode rows = object.putArray("findings");
    for (Finding finding : findings) {
      rows.addObject()
          .put("level", level(finding))
          .put("about", finding.about())
          .put("found", finding.found())
          .put("advice", finding.advice());
    }
    return object;
  }
}
