package io.convoy.exchange;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/** What all who hold sockets here do alike. */
final class Channels {
  private Channels() {}

  /** Closes what may be absent or broken already: nobody waits for the answer. */
  static void closeQuietly(Closeable channel) {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException ignored) {
      // The socket is given up in any case.
    }
  }

  /** Closes the connections that are there. */
  static void closeQuietly(ProvenConnection[] connections) {
    for (ProvenConnection connection : connections) {
      if (connection != null) {
        closeQuietly(connection.channel());
      }
    }
  }

  /** Host and port without a look-up of names. */
  static String name(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }
}
