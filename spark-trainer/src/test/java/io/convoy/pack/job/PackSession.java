package io.convoy.pack.job;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One Spark in this process for all tests that ask for it, as strict as the launcher's own: nothing
 * goes by Kryo that is not registered.
 */
public final class PackSession implements ParameterResolver {
  /** Stops Spark when JUnit's root store is closed. */
  private record Running(JavaSparkContext context) implements CloseableResource {
    @Override
    public void close() {
      context.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == JavaSparkContext.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(PackSession.class))
        .getOrComputeIfAbsent(Running.class, key -> start(), Running.class)
        .context();
  }

  private static Running start() {
    return new Running(
        new JavaSparkContext(
            new SparkConf()
                .setAppName("convoy-pack-tests")
                .setMaster("local[2]")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.ui.enabled", "false")
                .set("spark.log.level", "WARN")
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .set("spark.kryo.registrationRequired", "true")));
  }

  public static SparkSession sql(JavaSparkContext spark) {
    return SparkSession.builder().config(spark.getConf()).getOrCreate();
  }
}
