package io.convoy.exchange.connect;

import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/**
 * A connection whose two sides know who the other is.
 *
 * @param rank of the other side
 * @param address under which the other side's listener was
 * @param channel non-blocking
 * @param seals of this side
 */
public record ProvenConnection(
    int rank, InetSocketAddress address, SocketChannel channel, Seals seals)
    implements AutoCloseable {

  /** Rank, host and port of the other side, for messages. */
  public String name() {
    return Channels.name(rank, address);
  }

  /** Closes the channel. */
  @Override
  public void close() {
    Channels.closeQuietly(channel);
  }
}
