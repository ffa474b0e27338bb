package io.convoy.exchange;

import java.nio.channels.SocketChannel;

/**
 * A connection whose two sides know who the other is.
 *
 * @param channel non-blocking
 * @param seals of this side
 */
record ProvenConnection(SocketChannel channel, Seals seals) {}
