package io.convoy.launcher.board;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.report.FollowedRun;
import io.convoy.report.PageFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The board's pages, on this machine's own address alone. It reads, and changes nothing.
 *
 * <pre>
 *   /                 the page
 *   /page/NAME        its scripts and styles
 *   /api/runs         the list
 *   /api/run/ID       a run, as its report says it
 *   /api/curves/ID    its curves alone
 *   /api/events       news of runs, as they come
 * </pre>
 */
public final class BoardServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BoardServer.class);

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> TYPES =
      Map.of("js", "text/javascript", "css", "text/css", "html", "text/html");

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "convoy-board-page");
            thread.setDaemon(true);
            return thread;
          });
  private final Access access;
  private final EventStream events = new EventStream();
  private final WatchedRuns runs;

  private BoardServer(HttpServer server, List<String> folders, Configuration configuration) {
    this.server = server;
    access = Access.random(server.getAddress().getPort());
    runs = new WatchedRuns(folders, configuration, run -> events.send(Json.text(run)));
    server.setExecutor(threads);
    server.createContext("/", this::answer);
  }

  /**
   * Starts to look and to serve.
   *
   * @param folders runs, or folders of runs, on any Hadoop file system
   * @param port 0 for any that is free
   * @throws ConvoyException of kind RESOURCE when the port is taken
   */
  public static BoardServer start(List<String> folders, int port, Configuration configuration) {
    InetSocketAddress own = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server;
    try {
      server = HttpServer.create(own, 0);
    } catch (BindException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          "port %s of this machine is taken: choose another by --port".formatted(port),
          e);
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE, "no page can be served on %s: %s".formatted(own, e), e);
    }
    BoardServer board = new BoardServer(server, folders, configuration);
    board.runs.start();
    server.start();
    return board;
  }

  /** The address to open, with its token. */
  public String address() {
    return access.address();
  }

  private void answer(HttpExchange exchange) {
    try (exchange) {
      Headers headers = exchange.getResponseHeaders();
      headers.set("Content-Security-Policy", POLICY);
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Referrer-Policy", "no-referrer");
      headers.set("Cross-Origin-Resource-Policy", "same-origin");
      headers.set("Cross-Origin-Opener-Policy", "same-origin");
      headers.set("Cache-Control", "no-store");
      switch (access.of(exchange)) {
        case GRANTED -> route(exchange);
        case WELCOME -> {
          headers.set("Set-Cookie", access.cookie());
          headers.set("Location", "/");
          exchange.sendResponseHeaders(303, -1);
        }
        case REFUSED ->
            send(exchange, 403, "text/plain", "Open the address that convoy board printed.\n");
      }
    } catch (IOException e) {
      LOG.debug("a page went away", e);
    } catch (RuntimeException e) {
      LOG.warn("{} was not answered", exchange.getRequestURI(), e);
    }
  }

  private void route(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/")) {
      send(exchange, 200, "text/html", PageFiles.text("board.html"));
    } else if (path.startsWith("/page/")) {
      page(exchange, path.substring("/page/".length()));
    } else if (path.equals("/api/runs")) {
      json(exchange, runs.list());
    } else if (path.equals("/api/events") && events.hasRoom()) {
      events.serve(exchange);
    } else if (path.startsWith("/api/run/")) {
      run(exchange, path.substring("/api/run/".length()), FollowedRun::report);
    } else if (path.startsWith("/api/curves/")) {
      run(exchange, path.substring("/api/curves/".length()), FollowedRun::training);
    } else {
      send(exchange, 404, "text/plain", "There is no such page.\n");
    }
  }

  private static void page(HttpExchange exchange, String name) throws IOException {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null || !PageFiles.NAMES.contains(name)) {
      send(exchange, 404, "text/plain", "There is no such page.\n");
      return;
    }
    send(exchange, 200, type, PageFiles.text(name));
  }

  /** What is said of a run. */
  @FunctionalInterface
  private interface Answer {
    Object of(FollowedRun run);
  }

  private void run(HttpExchange exchange, String id, Answer answer) throws IOException {
    Optional<FollowedRun> run = runs.run(id);
    if (run.isEmpty()) {
      send(exchange, 404, "text/plain", "There is no such run.\n");
      return;
    }
    try {
      json(exchange, answer.of(run.get()));
    } catch (ConvoyException e) {
      send(exchange, 503, "text/plain", e.getMessage() + "\n");
    }
  }

  private static void json(HttpExchange exchange, Object value) throws IOException {
    send(exchange, 200, "application/json", Json.text(value));
  }

  private static void send(HttpExchange exchange, int code, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(code, head ? -1 : bytes.length);
    if (!head) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }

  @Override
  public void close() {
    runs.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
