package io.convoy.launcher.session;

import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;

/** A knock at a standalone master's door, where Spark would try for a minute. */
public final class MasterProbe {
  private static final String SCHEME = "spark://";
  private static final int LIMIT_MILLIS = 5000;

  private MasterProbe() {}

  /**
   * Checks that somebody listens where the master is, or one of several that stand by; other kinds
   * of masters are left alone.
   *
   * @param master Spark's URL, such as {@code spark://one:7077,two:7077}
   * @throws ConvoyException of kind RESOURCE when nobody does, after 5 seconds each at the most
   */
  public static void requireAnswer(String master) {
    if (!master.startsWith(SCHEME)) {
      return;
    }
    IOException last = null;
    for (String address : master.substring(SCHEME.length()).split(",")) {
      try {
        knock(address);
        return;
      } catch (IOException e) {
        last = e;
      }
    }
    throw new ConvoyException(
        ConvoyException.Kind.RESOURCE,
        "no Spark master listens at %s (%s): look for a mistyped host or port, or start it"
                .formatted(master, reason(last))
            + " (scripts/cluster start starts one on this machine)",
        last);
  }

  private static void knock(String address) throws IOException {
    int colon = address.lastIndexOf(':');
    int port = port(address.substring(colon + 1));
    InetSocketAddress place = new InetSocketAddress(address.substring(0, colon), port);
    if (place.isUnresolved()) {
      throw new UnknownHostException(place.getHostString());
    }
    try (Socket socket = new Socket()) {
      socket.connect(place, LIMIT_MILLIS);
    }
  }

  private static int port(String number) throws IOException {
    if (!number.matches("\\d{1,5}") || Integer.parseInt(number) > 0xFFFF) {
      throw new IOException("no such port: " + number);
    }
    return Integer.parseInt(number);
  }

  private static String reason(IOException error) {
    return error instanceof UnknownHostException
        ? "no such host: " + error.getMessage()
        : error.getMessage();
  }
}
