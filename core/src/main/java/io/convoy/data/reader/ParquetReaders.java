package io.convoy.data.reader;

import io.convoy.error.ConvoyException;
import java.lang.reflect.InvocationTargetException;

/** Finds what reads Parquet by its name, since core does without Parquet. */
final class ParquetReaders {
  private ParquetReaders() {}

  /**
   * Makes a reader.
   *
   * @param name of its class
   * @param what it reads, in words
   * @param types of its constructor's arguments
   * @throws ConvoyException of kind RESOURCE when it is not there, and as the constructor does
   */
  static <T> T make(Class<T> type, String name, String what, Class<?>[] types, Object... given) {
    try {
      Class<?> found = Class.forName(name, true, ParquetReaders.class.getClassLoader());
      return type.cast(found.getConstructor(types).newInstance(given));
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof ConvoyException refused
          ? refused
          : new IllegalStateException(name + " cannot be made", e);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          what
              + " are read by Convoy's Spark trainer and the Parquet that Spark brings, which are not"
              + " on the class path ("
              + e
              + "): put convoy-spark-trainer and spark-sql there",
          e);
    }
  }
}
