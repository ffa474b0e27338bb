package io.convoy.launcher.command;

import io.convoy.launcher.place.Locations;
import io.convoy.launcher.terminal.Console;
import io.convoy.report.RunReport;
import io.convoy.run.RunFolder;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy report}: a run as one page for a browser. No session is started. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Shows a run as one page for a browser.",
    description = {
      "",
      "Writes report.html into the run's folder: curves, confusion, classes, calibration, mistakes,"
          + " layers, and where the run comes from. One file that needs no network. What has not"
          + " been measured yet is said: convoy evaluate brings the confusion.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  convoy report runs/quickstart-1",
      "  convoy report hdfs:///runs/7 --out seven.html"
    })
public final class ReportCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "The folder of a run, on any Hadoop file system.")
  private String run;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "The page, on any Hadoop file system; by default",
        "report.html in the run's folder."
      })
  private String out;

  private final Console console;

  public ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Locations locations = new Locations(new SparkConf());
    RunFolder folder = RunFolder.open(run, locations.configuration());
    String page = out == null ? folder.location() + "/" + RunReport.FILE : locations.absolute(out);
    RunReport.write(folder, new Path(page), locations.configuration());
    console.out().println("report " + page);
    return 0;
  }
}
