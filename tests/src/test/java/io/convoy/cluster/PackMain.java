package io.convoy.cluster;

import io.convoy.data.examine.DamageRule;
import io.convoy.pack.job.ImagePack;
import io.convoy.pack.job.PackListener;
import io.convoy.pack.job.PackOptions;
import io.convoy.pack.job.PackSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A driver that packs, in a process of its own. Arguments: source, output, and a file; when that is
 * there it stops for good, to be killed. "-" for none.
 */
final class PackMain {
  static final PackOptions OPTIONS = new PackOptions(5, 1 << 16, List.of(), DamageRule.REFUSE);

  private PackMain() {}

  public static void main(String[] args) {
    Path stop = Path.of(args[2]);
    try (JavaSparkContext spark = Sessions.local()) {
      PackSummary summary =
          ImagePack.pack(spark, args[0], args[1], null, OPTIONS, new Printing(stop));
      System.out.println("done: " + summary.sets().get(0).images());
    }
  }

  private record Printing(Path stop) implements PackListener {
    @Override
    public void begin(String what, long bytes) {
      System.out.println("begins: " + what);
    }

    @Override
    public void at(long bytes) {
      if (Files.exists(stop)) {
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
