package io.convoy.predict;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What the heap of this JVM holds after a collection, as {@code jcmd PID GC.class_histogram} counts
 * it.
 *
 * @param convoys instances of Convoy's classes, by class
 * @param floatBytes bytes of all arrays of floats: weights, and what computes them
 */
record LiveObjects(Map<String, Long> convoys, long floatBytes) {
  /** Counts what is reachable now. */
  static LiveObjects now() {
    Map<String, Long> convoys = new TreeMap<>();
    long floatBytes = 0;
    for (String line : histogram().split("\n")) {
      String[] fields = line.strip().split("\\s+"); // number, instances, bytes, class, module
      if (fields.length < 4 || !fields[0].endsWith(":")) {
        continue;
      }
      if (fields[3].contains("io.convoy.")) {
        convoys.put(fields[3], Long.parseLong(fields[1]));
      }
      if (fields[3].equals("[F")) {
        floatBytes = Long.parseLong(fields[2]);
      }
    }
    return new LiveObjects(convoys, floatBytes);
  }

  /** By how much classes have grown, of those that have by more than {@code some} instances. */
  Map<String, Long> moreThan(LiveObjects before, long some) {
    Map<String, Long> grown = new TreeMap<>();
    convoys.forEach(
        (name, count) -> grown.put(name, count - before.convoys.getOrDefault(name, 0L)));
    grown.values().removeIf(more -> more <= some);
    return grown;
  }

  private static String histogram() {
    try {
      return (String)
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
    } catch (JMException e) {
      throw new AssertionError("this JVM counts no objects", e);
    }
  }
}
