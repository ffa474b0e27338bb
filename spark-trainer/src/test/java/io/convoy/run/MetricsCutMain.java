package io.convoy.run;

import io.convoy.checkpoint.Samples;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Resumes a run, cuts its metrics back and adds a line: {@code RUN STEP}. */
final class MetricsCutMain {
  private MetricsCutMain() {}

  public static void main(String[] arguments) {
    MetricsLog metrics =
        RunFolder.resume(arguments[0], new Configuration(), Samples.driver("host2")).metrics();
    long step = Long.parseLong(arguments[1]);
    metrics.cutBack(step);
    metrics.append(Map.of("step", step + 1));
    metrics.flush();
  }
}
