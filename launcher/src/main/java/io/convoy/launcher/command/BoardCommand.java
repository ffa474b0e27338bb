package io.convoy.launcher.command;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.board.BoardServer;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.terminal.Console;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy board}: runs in a browser, while they go. No session is started. */
@Command(
    name = "board",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Shows runs in a browser, while they go.",
    description = {
      "",
      "Prints an address to open. The page there lists the runs below the folders, with curves that"
          + " grow while a run trains, and puts chosen runs beside each other. Only this machine can"
          + " open it, and only with the token in the address. It changes nothing.",
      "",
      "From another machine, a tunnel of the same port leads there:",
      "ssh -L 8471:127.0.0.1:8471 HOST",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  convoy board runs",
      "  convoy board hdfs:///runs runs --port 8471"
    })
public final class BoardCommand implements Callable<Integer> {
  @Parameters(
      index = "0..*",
      arity = "1..*",
      paramLabel = "DIR",
      description = "Runs, or folders of runs, on any Hadoop file system.")
  private List<String> folders;

  @Option(
      names = "--port",
      defaultValue = "0",
      paramLabel = "PORT",
      description = "Of this machine; by default one that is free.")
  private int port;

  private final Console console;

  public BoardCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 65_535) {
      throw ConvoyException.usage("--port is 0 to 65535; got %d", port);
    }
    Locations locations = new Locations(new SparkConf());
    List<String> places = folders.stream().map(locations::absolute).toList();
    try (BoardServer board = BoardServer.start(places, port, locations.configuration())) {
      console.out().println("board " + board.address());
      console.err().println("It is there until Ctrl-C.");
      new CountDownLatch(1).await(); // a signal ends the process
    }
    return 0;
  }
}
