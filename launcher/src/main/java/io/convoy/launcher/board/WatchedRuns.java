package io.convoy.launcher.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.digest.Sha256;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.report.FollowedRun;
import io.convoy.storage.StoreFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The runs below some folders, found and followed: folders are looked through every {@value
 * #LOOK_SECONDS} s, runs read every {@value #READ_SECONDS} s, each by itself, so that a store which
 * does not answer holds up no other.
 */
final class WatchedRuns implements AutoCloseable {
  private static final int LOOK_SECONDS = 10;
  private static final int READ_SECONDS = 2;

  /** Folders below a given one in which runs are looked for. */
  private static final int DEPTH = 3;

  /** Runs that are followed at the most. */
  private static final int MOST_RUNS = 1000;

  private static final int READERS = 4;

  /** A run that writes nothing for so long is not training any more. */
  private static final long SILENT_MILLIS = 120_000;

  private static final String MARK = "run.json";

  private final List<String> folders;
  private final Configuration configuration;
  private final Consumer<ObjectNode> news;
  private final Map<String, FollowedRun> runs = new ConcurrentSkipListMap<>();
  private final Map<String, Boolean> busy = new ConcurrentHashMap<>();
  private final Map<String, String> troubles = new ConcurrentSkipListMap<>();
  private final AtomicInteger unread = new AtomicInteger();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(WatchedRuns::daemon);
  private final ExecutorService readers =
      Executors.newFixedThreadPool(READERS, WatchedRuns::daemon);

  /**
   * @param folders runs, or folders of runs, on any Hadoop file system
   * @param news told of each run that has changed, as {@link #summary} has it; from many threads
   */
  WatchedRuns(List<String> folders, Configuration configuration, Consumer<ObjectNode> news) {
    this.folders = folders;
    this.configuration = configuration;
    this.news = news;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "convoy-board");
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    for (String folder : folders) {
      every(LOOK_SECONDS, 0, () -> inBackground("folder " + folder, () -> look(folder)));
    }
    every(
        READ_SECONDS,
        READ_SECONDS,
        () -> runs.forEach((id, run) -> inBackground(id, () -> read(id, run))));
  }

  private void every(int seconds, int delay, Runnable task) {
    var unused = clock.scheduleWithFixedDelay(task, delay, seconds, TimeUnit.SECONDS);
  }

  /** Unless it is still at it since the last time. */
  private void inBackground(String name, Runnable task) {
    if (busy.putIfAbsent(name, true) == null) {
      readers.execute(
          () -> {
            try {
              task.run();
            } finally {
              busy.remove(name);
            }
          });
    }
  }

  private void look(String folder) {
    try {
      StoreFolder store = StoreFolder.at(folder, configuration);
      Deque<Path> open = new ArrayDeque<>(List.of(store.root()));
      while (!open.isEmpty() && runs.size() < MOST_RUNS) {
        Path next = open.remove();
        if (store.status(new Path(next, MARK)).isPresent()) {
          follow(next.toString());
        } else if (next.depth() - store.root().depth() < DEPTH) {
          open.addAll(foldersIn(store, next));
        }
      }
      troubles.remove(folder);
      if (runs.size() >= MOST_RUNS) {
        troubles.put(folder, "%s runs are shown, no more".formatted(MOST_RUNS));
      }
    } catch (IOException e) {
      troubles.put(folder, "%s cannot be read: %s".formatted(folder, StoreFolder.reason(e)));
    } catch (ConvoyException e) {
      troubles.put(folder, e.getMessage());
    }
  }

  private static List<Path> foldersIn(StoreFolder store, Path folder) throws IOException {
    List<Path> folders = new ArrayList<>();
    if (store.status(folder).filter(FileStatus::isDirectory).isEmpty()) {
      return folders;
    }
    for (FileStatus status : store.fileSystem().listStatus(folder)) {
      if (status.isDirectory() && !status.getPath().getName().startsWith(".")) {
        folders.add(status.getPath());
      }
    }
    return folders;
  }

  private void follow(String location) {
    String id = id(location);
    FollowedRun run = new FollowedRun(location, configuration);
    if (runs.putIfAbsent(id, run) == null) {
      unread.incrementAndGet();
      inBackground(
          id,
          () -> {
            read(id, run);
            unread.decrementAndGet();
          });
    }
  }

  /** A name for a run that stays the same, for links. */
  private static String id(String location) {
    MessageDigest digest = Sha256.digest();
    digest.update(location.getBytes(StandardCharsets.UTF_8));
    return Sha256.hex(digest).substring(0, 12);
  }

  private void read(String id, FollowedRun run) {
    if (run.refresh(System.currentTimeMillis())) {
      news.accept(summary(id, run));
    }
  }

  Optional<FollowedRun> run(String id) {
    return Optional.ofNullable(runs.get(id));
  }

  /** {@code runs}, {@code troubles} in words, and how many runs are {@code unread}. */
  ObjectNode list() {
    ObjectNode object = Json.object();
    ArrayNode all = object.putArray("runs");
    runs.forEach((id, run) -> all.add(summary(id, run)));
    troubles.values().forEach(object.putArray("troubles")::add);
    object.put("unread", unread.get());
    ArrayNode places = object.putArray("folders");
    folders.forEach(places::add);
    return object;
  }

  /** What the list says of a run. */
  private static ObjectNode summary(String id, FollowedRun run) {
    ObjectNode object = Json.object().put("id", id).put("location", run.location());
    JsonNode recipe = run.recipe();
    object.put("name", recipe == null ? "" : recipe.path("name").asText(""));
    object.setAll(run.standing());
    object.put("changed", run.changed());
    object.put("status", status(run));
    run.error().ifPresent(error -> object.put("error", error));
    object.set("result", run.result());
    object.set("recipe", withoutLayers(recipe));
    return object;
  }

  /** A list of runs is not to hold all of their layers. */
  private static JsonNode withoutLayers(JsonNode recipe) {
    if (recipe == null || !recipe.path("network").isObject()) {
      return recipe;
    }
    ObjectNode shown = recipe.deepCopy();
    ObjectNode network = (ObjectNode) shown.get("network");
    JsonNode layers = network.remove("layers");
    if (layers != null) {
      network.put("layers", layers.size());
    }
    return shown;
  }

  private static String status(FollowedRun run) {
    if (run.error().isPresent()) {
      return "unreadable";
    }
    if (run.result() != null) {
      return "finished";
    }
    boolean silent = System.currentTimeMillis() - run.changed() > SILENT_MILLIS;
    return silent ? "silent" : "training";
  }

  @Override
  public void close() {
    clock.shutdownNow();
    readers.shutdownNow();
  }
}
