package io.convoy.cluster;

import io.convoy.data.reader.IdxDataSet;
import io.convoy.search.SearchReport;
import io.convoy.search.TrialResult;
import io.convoy.trials.SearchListener;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A driver that searches, in a process of its own. Arguments: the folder of the images, their
 * number, output, and whether it stops for good in the second rung, to be killed, or goes on with
 * what is there.
 */
final class SearchMain {
  private SearchMain() {}

  public static void main(String[] args) {
    boolean stops = args[3].equals("stop");
    Path folder = Path.of(args[0]);
    IdxDataSet data =
        new IdxDataSet(
            folder.resolve("images-" + args[1]).toString(),
            folder.resolve("labels-" + args[1]).toString(),
            List.of());
    try (JavaSparkContext spark = Sessions.local()) {
      SearchReport report =
          Searches.run(
              spark,
              Searches.job(data, Path.of(args[2]), SearchTest.OPTIONS, !stops, 1, 1),
              new Printing(stops));
      Searches.table(report).forEach(line -> System.out.println("row " + line));
      System.out.println("done");
    }
  }

  private record Printing(boolean stops) implements SearchListener {
    @Override
    public void onTrial(TrialResult trial, boolean best) {
      if (stops && trial.epochs() > 1) {
        System.out.println("stops");
        while (true) {
          Thread.onSpinWait(); // its end is to be killed
        }
      }
    }

    @Override
    public void say(String line) {
      System.out.println(line);
    }
  }
}
