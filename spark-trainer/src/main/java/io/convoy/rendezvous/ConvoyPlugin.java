package io.convoy.rendezvous;

import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Convoy's line between executors and driver, over Spark's own RPC with its authentication and
 * encryption: {@code spark.plugins=io.convoy.rendezvous.ConvoyPlugin}. With it a rendezvous costs
 * some milliseconds instead of a second, and progress is live; without it everything works too.
 */
public final class ConvoyPlugin implements SparkPlugin {
  private static volatile PluginContext line;

  /** The executor's end; null where the session has no such plugin. */
  static PluginContext line() {
    return line;
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
     * Says its first word here, where no task can be cancelled in it: Spark looks the driver up
     * once, with the first message, and if that is interrupted the executor never finds it again.
     * Where even this fails, Spark ends the executor and starts another.
     */
    @Override
    public void init(PluginContext context, Map<String, String> extraConf) {
      try {
        context.send(Message.GREETING);
      } catch (IOException e) {
        throw new ConvoyException(
            ConvoyException.Kind.RESOURCE,
            "executor %s does not reach the driver: %s".formatted(context.executorID(), e),
            e);
      }
      line = context;
    }

    @Override
    public void shutdown() {
      line = null;
    }
  }
}
