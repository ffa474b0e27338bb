package io.convoy.rendezvous;

import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Messages between executors and driver, over Spark's own RPC with its authentication and
 * encryption: {@code spark.plugins=io.convoy.rendezvous.ConvoyPlugin}. With it a rendezvous costs
 * some milliseconds instead of a second, and progress is live; without it everything works too.
 */
public final class ConvoyPlugin implements SparkPlugin {
  private static volatile PluginContext context;

  /** The executor's end; null where the session has no such plugin. */
  static PluginContext context() {
    return context;
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new Driver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Executor();
  }

  private static final class Driver implements DriverPlugin {
    @Override
    public Object receive(Object message) {
      Message ours = Message.fromWire(message);
      return ours == null ? null : Meeting.receive(ours);
    }
  }

  private static final class Executor implements ExecutorPlugin {
    /**
     * Sends its first message here, where no task can be cancelled in it: Spark looks the driver up
     * once, with the first message, and if that is interrupted the executor never finds it again.
     * Where even this fails, Spark ends the executor and starts another.
     */
    @Override
    public void init(PluginContext executor, Map<String, String> extraConf) {
      try {
        executor.send(Message.GREETING);
      } catch (IOException e) {
        throw new ConvoyException(
            ConvoyException.Kind.RESOURCE,
            "executor %s does not reach the driver: %s".formatted(executor.executorID(), e),
            e);
      }
      context = executor;
    }

    @Override
    public void shutdown() {
      context = null;
    }
  }
}
