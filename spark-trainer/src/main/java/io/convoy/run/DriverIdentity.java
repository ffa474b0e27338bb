package io.convoy.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/**
 * Who drives a run, in the words that an operator knows it by.
 *
 * @param host the machine
 * @param started when the driver began, ISO-8601 in UTC
 * @param applicationId Spark's name for the application, or {@code local}
 */
public record DriverIdentity(String host, String started, String applicationId) {
  /** This process, now. */
  public static DriverIdentity here(String applicationId) {
    return new DriverIdentity(hostName(), Instant.now().toString(), applicationId);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown host";
    }
  }
}
