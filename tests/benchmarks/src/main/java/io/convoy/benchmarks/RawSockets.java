package io.convoy.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the machine's sockets can do: as many bytes as the state has, both ways at once over one
 * connection, out of one direct buffer of that size and into another, nothing read or written but
 * by the system.
 */
final class RawSockets implements AutoCloseable {
  /** Bytes that are handed to the system at a time. */
  private static final int PIECE = 256 * 1024;

  private final SocketChannel channel;
  private final ByteBuffer outgoing;
  private final ByteBuffer incoming;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "raw-writer");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param channel connected and blocking
   * @param bytes that each side sends in a step
   */
  RawSockets(SocketChannel channel, int bytes) {
    this.channel = channel;
    this.outgoing = ByteBuffer.allocateDirect(bytes);
    this.incoming = ByteBuffer.allocateDirect(bytes);
  }

  /** One step: sends all and receives as much. */
  void exchange() throws IOException, InterruptedException, ExecutionException {
    Future<?> sent =
        writer.submit(
            () -> {
              send();
              return null;
            });
    receive();
    sent.get();
  }

  private void send() throws IOException {
    for (outgoing.clear(); outgoing.position() < outgoing.capacity(); ) {
      channel.write(outgoing.limit(Math.min(outgoing.capacity(), outgoing.position() + PIECE)));
    }
  }

  private void receive() throws IOException {
    for (incoming.clear(); incoming.position() < incoming.capacity(); ) {
      incoming.limit(Math.min(incoming.capacity(), incoming.position() + PIECE));
      if (channel.read(incoming) < 0) {
        throw new EOFException("the other process ended");
      }
    }
  }

  @Override
  public void close() throws IOException {
    writer.shutdown();
    channel.close();
  }
}
