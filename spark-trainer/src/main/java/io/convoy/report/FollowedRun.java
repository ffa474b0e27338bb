package io.convoy.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.run.MetricsReader;
import io.convoy.run.RunFolder;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * A run that is looked at again and again while it grows: each {@link #refresh} reads what has come
 * since the last one. What was read stays, whatever becomes of its store.
 */
public final class FollowedRun {
  private final String location;
  private final Configuration configuration;
  private RunFolder run;
  private MetricsReader metrics;
  private RunCurves curves = new RunCurves();
  private JsonNode result;
  private String error;
  private long changed;

  /**
   * Nothing is read yet.
   *
   * @param location the run's folder, on any Hadoop file system
   */
  public FollowedRun(String location, Configuration configuration) {
    this.location = location;
    this.configuration = configuration;
  }

  public String location() {
    return location;
  }

  /**
   * Reads what has come.
   *
   * @param now the time, in milliseconds: that of the last change, where something has come
   * @return whether anything is new: a line, a result, an error or its end
   */
  public synchronized boolean refresh(long now) {
    long before = curves.lines();
    String trouble = error;
    JsonNode end = result;
    try {
      if (run == null) {
        run = RunFolder.open(location, configuration);
        metrics = run.metricsReader();
      }
      metrics.read(new Taker());
      result = run.readResult(JsonNode.class).orElse(null);
      error = null;
    } catch (ConvoyException e) {
      error = e.getMessage();
    }
    boolean grown = before != curves.lines() || !Objects.equals(end, result);
    if (grown) {
      changed = now;
    }
    return grown || !Objects.equals(trouble, error);
  }

  private final class Taker implements MetricsReader.Lines {
    @Override
    public void line(JsonNode line) {
      curves.add(line);
    }

    @Override
    public void restart() {
      curves = new RunCurves();
    }
  }

  /** When something was new last, in milliseconds; 0 for never. */
  public synchronized long changed() {
    return changed;
  }

  /** What is wrong with it, in words; empty where all is well. */
  public synchronized Optional<String> error() {
    return Optional.ofNullable(error);
  }

  /** The recipe; null as long as the run was never read. */
  public synchronized JsonNode recipe() {
    return run == null ? null : run.description().recipe();
  }

  /** Its result; null before its end. */
  public synchronized JsonNode result() {
    return result;
  }

  /** Its curves and how far it has come. */
  public synchronized ObjectNode training() {
    return curves.json();
  }

  /** How far it has come, without the curves. */
  public synchronized ObjectNode standing() {
    return curves.standing();
  }

  /**
   * What a report says of it now.
   *
   * @throws ConvoyException as {@link RunReport#of}, and where the run was never read
   */
  public ObjectNode report() {
    RunFolder folder;
    ObjectNode training;
    long broken;
    synchronized (this) {
      if (run == null) {
        throw ConvoyException.resource("%s", error == null ? location + " is not read yet" : error);
      }
      folder = run;
      training = curves.json();
      broken = metrics.broken();
    }
    return RunReport.of(folder, training, broken, configuration);
  }
}
