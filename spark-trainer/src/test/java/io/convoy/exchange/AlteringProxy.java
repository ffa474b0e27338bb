package io.convoy.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands between a caller and its answerer and flips one bit of what the caller sends. */
final class AlteringProxy implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final Ranks threads;

  /**
   * @param target the answerer
   * @param position of the altered byte in all that the caller sends
   * @param mask the bits that are flipped
   */
  AlteringProxy(Ranks threads, InetSocketAddress target, long position, int mask)
      throws IOException {
    this.threads = threads;
    threads.submitUnwatched(
        () -> {
          Socket caller = server.accept();
          Socket answerer = new Socket(target.getAddress(), target.getPort());
          pump(caller, answerer, position, mask);
          pump(answerer, caller, -1, 0);
          return null;
        });
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  private void pump(Socket from, Socket to, long position, int mask) {
    threads.submitUnwatched(
        () -> {
          byte[] buffer = new byte[1000];
          try (from;
              to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            long passed = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
              if (passed <= position && position < passed + count) {
                buffer[(int) (position - passed)] ^= (byte) mask;
              }
              out.write(buffer, 0, count);
              passed += count;
            }
          }
          return null;
        });
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
