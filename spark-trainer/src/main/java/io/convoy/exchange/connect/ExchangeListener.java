package io.convoy.exchange.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;

/**
 * The address under which a rank waits for its peers. It is bound before the rendezvous, so that
 * every address that others learn there answers at once, and closed as soon as all peers are
 * connected.
 */
public final class ExchangeListener implements AutoCloseable {
  /** Connections that the system keeps for us until the exchange connects. */
  private static final int BACKLOG = 256;

  private final ServerSocketChannel channel;
  private final InetSocketAddress address;

  private ExchangeListener(ServerSocketChannel channel) throws IOException {
    this.channel = channel;
    this.address = (InetSocketAddress) channel.getLocalAddress();
  }

  /**
   * Binds a free port.
   *
   * @param address the one address that peers can reach, such as the executor's own; never the
   *     wildcard, which would listen on networks that have no business here
   * @throws UncheckedIOException if the address cannot be bound
   */
  public static ExchangeListener bind(InetAddress address) {
    if (address.isAnyLocalAddress()) {
      throw new IllegalArgumentException(
          "the exchange listens on one address, not on all: address=" + address);
    }
    ServerSocketChannel channel = null;
    try {
      channel = ServerSocketChannel.open();
      channel.setOption(StandardSocketOptions.SO_RCVBUF, Channels.SOCKET_BUFFER);
      channel.bind(new InetSocketAddress(address, 0), BACKLOG);
      channel.configureBlocking(false);
      return new ExchangeListener(channel);
    } catch (IOException failure) {
      Channels.closeQuietly(channel);
      throw new UncheckedIOException("cannot listen on " + address, failure);
    }
  }

  /** Where the peers find this rank: they learn it at the rendezvous. */
  public InetSocketAddress address() {
    return address;
  }

  ServerSocketChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    Channels.closeQuietly(channel);
  }
}
