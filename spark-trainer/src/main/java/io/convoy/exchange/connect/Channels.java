package io.convoy.exchange.connect;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/** What all who hold sockets here do alike. */
final class Channels {
  /** Bytes that the system may keep for a socket, where it allows that many. */
  static final int SOCKET_BUFFER = 1 << 20;

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

  /** Host and port without a look-up of names. */
  static String name(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  /** The same with the rank that is there. */
  static String name(int rank, InetSocketAddress address) {
    return "rank %s (%s)".formatted(rank, name(address));
  }
}
