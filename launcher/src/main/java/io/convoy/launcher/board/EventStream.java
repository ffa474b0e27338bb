package io.convoy.launcher.board;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** News for all pages that are open: server-sent events. */
final class EventStream {
  /** Pages that listen at the most: each has a thread. */
  private static final int MOST = 32;

  /** News that wait for a slow page; more are dropped, and it is told to read all again. */
  private static final int WAITING = 256;

  private static final int BEAT_SECONDS = 10;

  private final Set<BlockingQueue<String>> listeners = ConcurrentHashMap.newKeySet();

  /** Tells all. */
  void send(String json) {
    for (BlockingQueue<String> listener : listeners) {
      if (!listener.offer(json)) {
        listener.clear();
        var unused = listener.offer("{\"again\":true}");
      }
    }
  }

  /** Whether there is room for one more page. */
  boolean hasRoom() {
    return listeners.size() < MOST;
  }

  /** Serves one page until it goes away. */
  void serve(HttpExchange exchange) throws IOException {
    BlockingQueue<String> mine = new ArrayBlockingQueue<>(WAITING);
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    listeners.add(mine);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      while (true) {
        String next = mine.poll(BEAT_SECONDS, TimeUnit.SECONDS);
        String event = next == null ? ": still here\n\n" : "data: " + next + "\n\n";
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      listeners.remove(mine);
    }
  }
}
