package io.convoy.sql;

import io.convoy.error.ConvoyException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Tells a session that runs in this JVM from a client of Spark Connect. Convoy hands executors code
 * and broadcasts, which a client cannot.
 */
public final class ClassicSession {
  private ClassicSession() {}

  /**
   * The context of a session.
   *
   * @throws ConvoyException of kind USAGE when the session is a client of Spark Connect
   */
  public static JavaSparkContext context(SparkSession session) {
    if (session instanceof org.apache.spark.sql.classic.SparkSession classic) {
      return JavaSparkContext.fromSparkContext(classic.sparkContext());
    }
    throw ConvoyException.usage(
        "this session is a client of Spark Connect (%s), and Convoy works in the driver's own JVM:"
            + " use a session that is made there, by spark-submit, spark-shell or pyspark with"
            + " spark.api.mode=classic, or by SparkSession.builder().master(...)",
        session.getClass().getName());
  }
}
