package io.convoy.launcher.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback whose answers a test chooses, one after the other; the last one stays. */
final class FileServer implements AutoCloseable {
  /** How one request is answered. */
  interface Answer {
    void to(HttpExchange exchange, byte[] content) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Answer> answers;
  private final List<String> requests = new ArrayList<>();
  private final byte[] content;

  FileServer(byte[] content, Answer... answers) throws IOException {
    this.content = content;
    this.answers = new ArrayList<>(List.of(answers));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Answer answer;
    synchronized (this) {
      String range = exchange.getRequestHeaders().getFirst("Range");
      String condition = exchange.getRequestHeaders().getFirst("If-Range");
      requests.add(
          exchange.getRequestURI().getPath()
              + (range == null ? "" : " " + range)
              + (condition == null ? "" : " if " + condition));
      answer = answers.size() > 1 ? answers.remove(0) : answers.get(0);
    }
    try (exchange) {
      answer.to(exchange, content);
    }
  }

  /** The path, range and condition of each request so far. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  URI address() {
    return URI.create("http://127.0.0.1:%s/".formatted(server.getAddress().getPort()));
  }

  /** The whole, or the range that was asked for if its condition holds. */
  static Answer whole(String tag) {
    return (exchange, content) -> {
      String range = exchange.getRequestHeaders().getFirst("Range");
      String condition = exchange.getRequestHeaders().getFirst("If-Range");
      if (tag != null) {
        exchange.getResponseHeaders().set("ETag", tag);
      }
      if (range == null || (condition != null && !condition.equals(tag))) {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
        return;
      }
      int from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %s-%s/%s".formatted(from, content.length - 1, content.length));
      exchange.sendResponseHeaders(206, content.length - from);
      exchange.getResponseBody().write(content, from, content.length - from);
    };
  }

  /** Only {@code bytes} more than what the client has, then the connection is cut. */
  static Answer cutAfter(int bytes, String tag) {
    return (exchange, content) -> {
      String range = exchange.getRequestHeaders().getFirst("Range");
      int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
      if (tag != null) {
        exchange.getResponseHeaders().set("ETag", tag);
      }
      if (range != null) {
        exchange
            .getResponseHeaders()
            .set(
                "Content-Range",
                "bytes %s-%s/%s".formatted(from, content.length - 1, content.length));
      }
      exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
      int end = Math.min(content.length, from + bytes);
      exchange.getResponseBody().write(Arrays.copyOfRange(content, from, end));
      exchange.getResponseBody().flush();
      throw new IOException("cut");
    };
  }

  /** The whole, whatever range was asked for. */
  static Answer ignoringRanges() {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    };
  }

  /** A bare status. */
  static Answer status(int status) {
    return (exchange, content) -> exchange.sendResponseHeaders(status, -1);
  }

  /** Sends the client on. */
  static Answer redirect(String location) {
    return (exchange, content) -> {
      exchange.getResponseHeaders().set("Location", location);
      exchange.sendResponseHeaders(302, -1);
    };
  }

  /** Other bytes, as many. */
  static Answer wrongBytes() {
    return (exchange, content) -> {
      byte[] wrong = content.clone();
      wrong[wrong.length / 2] ^= 1;
      whole(null).to(exchange, wrong);
    };
  }

  /** Claims a length, and sends a single byte. */
  static Answer claiming(long length) {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(200, length);
      exchange.getResponseBody().write(content, 0, 1);
      exchange.getResponseBody().flush();
    };
  }

  /** Bytes without a length, and more of them than there are. */
  static Answer endless() {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(200, 0); // chunked
      for (int i = 0; i < 100; i++) {
        exchange.getResponseBody().write(content);
      }
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
