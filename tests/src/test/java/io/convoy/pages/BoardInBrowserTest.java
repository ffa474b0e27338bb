package io.convoy.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.cluster.LauncherProcess;
import io.convoy.launcher.board.BoardServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The board, in a browser. */
@Tag("slow")
final class BoardInBrowserTest {
  private static final long PATIENCE_MILLIS = 240_000;

  @TempDir Path folder;
  private Browser browser;

  @BeforeEach
  void open() {
    browser = new Browser(1280, 900, false);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  private BoardServer board() {
    return BoardServer.start(List.of(folder.toUri().toString()), 0, new Configuration());
  }

  /** Waits for what the page comes to by itself. */
  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      String text = browser.run("return document.body.innerText");
      assertTrue((System.nanoTime() - start) / 1_000_000 < PATIENCE_MILLIS, what + "\n" + text);
      Thread.sleep(50);
    }
  }

  private JsonNode names() {
    return browser.json(
        "[...document.querySelectorAll('tbody tr')].map(r => r.children[1].textContent)");
  }

  @Test
  void runsAreFoundSortedAndSearched() throws Exception {
    DrawnRun.in(folder.resolve("one"), "apple", 0.1).steps(1, 40).ended(0.5);
    DrawnRun.in(folder.resolve("deep/two"), "pear", 0.2).steps(1, 30).ended(0.75);
    DrawnRun.in(folder.resolve("deep/er/three"), "plum", 0.2).steps(1, 20);
    try (BoardServer board = board()) {
      browser.open(board.address());
      assertFalse(browser.<String>run("return location.href").contains("token"), "not in links");
      await("three runs", () -> names().size() == 3);
      browser.run("document.querySelectorAll('th button')[2].focus()");
      browser.type(Keys.ENTER);
      assertEquals("[\"plum (three)\",\"pear (two)\",\"apple (one)\"]", names().toString());
      browser.type(Keys.ENTER);
      assertEquals("[\"apple (one)\",\"pear (two)\",\"plum (three)\"]", names().toString());
      browser.run(
          "const s = document.querySelector('input[type=search]'); s.value = 'schedule.rate=0.2';"
              + " s.dispatchEvent(new Event('input'))");
      assertEquals("[\"pear (two)\",\"plum (three)\"]", names().toString());
      assertEquals(List.of(), browser.violations());
      assertEquals(List.of(), browser.console());
      for (String address : browser.requests()) {
        boolean own =
            address.startsWith(board.address().substring(0, board.address().indexOf('?')));
        assertTrue(own || address.startsWith("data:"), address);
      }
    }
  }

  @Test
  void chosenRunsAreComparedAndTheAddressIsALink() throws Exception {
    DrawnRun.in(folder.resolve("one"), "apple", 0.1).steps(1, 40).ended(0.5);
    DrawnRun.in(folder.resolve("two"), "pear", 0.2).steps(1, 30).ended(0.75);
    try (BoardServer board = board()) {
      browser.open(board.address());
      await("two runs", () -> names().size() == 2);
      browser.run("document.querySelectorAll('tbody input').forEach(box => box.click())");
      browser.run(
          "[...document.querySelectorAll('button')].find(b => b.textContent === 'Compare 2').click()");
      await("curves", () -> browser.json("document.querySelectorAll('figure').length").asInt() > 1);
      String link = browser.run("return location.href");
      browser.open("about:blank");
      browser.open(link);
      await("curves", () -> browser.json("document.querySelectorAll('figure').length").asInt() > 1);
      await(
          "both",
          () -> browser.json("document.querySelector('figure').plot.data.length").asInt() == 3);
      JsonNode data = browser.json("document.querySelector('figure').plot.data");
      assertEquals(40, data.get(0).size());
      String text = browser.run("return document.querySelector('table').innerText");
      assertTrue(text.contains("schedule.rate"), text);
      assertTrue(text.contains("0.1") && text.contains("0.2"), text);
      assertEquals(List.of(), browser.violations());
      assertEquals(List.of(), browser.console());
    }
  }

  /** It trains for longer than a board takes to find it, on a fast machine, too. */
  @Test
  void curvesGrowWhileARealRunTrains() throws Exception {
    Path run = folder.resolve("runs/growing");
    try (BoardServer board = board();
        LauncherProcess training =
            LauncherProcess.of(
                List.of(
                    "train",
                    "--data",
                    folder + "/images",
                    "--out",
                    run.toString(),
                    "--set",
                    "epochs=20"))) {
      browser.open(board.address());
      await("the run", () -> names().size() == 1);
      browser.run("location.hash = document.querySelector('tbody a').getAttribute('href')");
      await("its curves", () -> points() > 0);
      long first = points();
      await("more of them", () -> points() > first);
      String accuracy = training.succeeds();
      assertTrue(accuracy.contains("test accuracy"), accuracy);
      await(
          "its end",
          () -> browser.<String>run("return document.body.innerText").contains("finished"));
      assertEquals(List.of(), browser.console());
    }
  }

  private long points() {
    return browser.run(
        "const f = document.querySelector('figure'); return f && f.plot ? f.plot.data[0].length : 0");
  }

  @Test
  void aBrokenAnEmptyAndAHostileRunAreSaid() throws Exception {
    String hostile = "<img src=x onerror=window.hurt=1>\u202e\"'";
    DrawnRun.in(folder.resolve("hostile"), hostile, 0.1).steps(1, 5).ended(0.5);
    DrawnRun.in(folder.resolve("empty"), "empty", 0.1);
    Files.createDirectories(folder.resolve("broken"));
    Files.writeString(folder.resolve("broken/run.json"), "{\"recipe\":");
    Path torn = folder.resolve("torn");
    DrawnRun.in(torn, "torn", 0.1).steps(1, 5);
    Files.write(
        torn.resolve("metrics.jsonl"),
        "no json\n{\"step\":6,\"loss\":1".getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.APPEND);
    try (BoardServer board = board()) {
      browser.open(board.address());
      await("four runs", () -> names().size() == 4);
      await(
          "what is wrong",
          () -> browser.<String>run("return document.body.innerText").contains("broken/run.json"));
      assertTrue(names().toString().contains("<img src=x"), names().toString());
      assertEquals(Boolean.TRUE, browser.run("return window.hurt === undefined"));
      Files.delete(folder.resolve("broken/run.json"));
      DrawnRun.in(folder.resolve("broken"), "mended", 0.1).steps(1, 7);
      await("its mending", () -> names().toString().contains("mended"));
      assertEquals(List.of(), browser.console());
    }
  }

  /**
   * What was read stays while the name node is away; that is said, and reading goes on after it.
   */
  @Test
  void theNameNodeIsAwayForAWhile() throws Exception {
    Path target = Files.createDirectories(Path.of("target"));
    Configuration configuration = new Configuration();
    configuration.set(
        MiniDFSCluster.HDFS_MINIDFS_BASEDIR,
        Files.createTempDirectory(target.toAbsolutePath(), "hdfs").toString());
    configuration.setInt("dfs.replication", 1);
    MiniDFSCluster cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    try {
      cluster.waitActive();
      DrawnRun.in(folder.resolve("away"), "away", 0.1).steps(1, 40);
      copy(cluster, "run.json");
      copy(cluster, "metrics.jsonl");
      Configuration client = new Configuration();
      client.set("ipc.client.connect.max.retries", "0");
      try (BoardServer board = BoardServer.start(List.of(cluster.getURI() + "/runs"), 0, client)) {
        browser.open(board.address());
        await("the run", () -> names().size() == 1);
        browser.run("location.hash = document.querySelector('tbody a').getAttribute('href')");
        await("its curves", () -> points() == 40);
        cluster.shutdownNameNode(0);
        await(
            "what is wrong",
            () -> browser.<String>run("return document.body.innerText").contains("refused"));
        assertEquals(40, points());
        cluster.restartNameNode(0, true);
        new DrawnRun(folder.resolve("away")).steps(41, 60);
        copy(cluster, "metrics.jsonl");
        await("new steps", () -> points() == 60);
        await(
            "that all is well",
            () -> !browser.<String>run("return document.body.innerText").contains("refused"));
      }
    } finally {
      cluster.shutdown(true);
    }
  }

  private void copy(MiniDFSCluster cluster, String name) throws IOException {
    cluster
        .getFileSystem()
        .copyFromLocalFile(
            false,
            true,
            new org.apache.hadoop.fs.Path(folder.resolve("away").resolve(name).toUri()),
            new org.apache.hadoop.fs.Path("/runs/away/" + name));
  }

  /** A run of a million steps, and 99 of ten thousand; a curve has the extremes of intervals. */
  @Test
  void aHundredRunsAndAMillionSteps() throws Exception {
    DrawnRun.in(folder.resolve("long"), "long", 0.1).steps(1, 1_000_000).ended(0.5);
    for (int run = 1; run < 100; run++) {
      DrawnRun.in(folder.resolve("r" + run), "r" + run, 0.1).steps(1, 10_000);
    }
    try (BoardServer board = board()) {
      browser.open(board.address());
      await("a hundred runs", () -> names().size() == 100);
      await(
          "the last of the long one",
          () -> browser.<String>run("return document.body.innerText").contains("1,000,000"));
      browser.run(
          "location.hash = [...document.querySelectorAll('tbody a')]"
              + ".find(a => a.textContent.startsWith('long')).getAttribute('href')");
      await("its curve", () -> points() > 1000);
      assertTrue(points() < 10_000, () -> "thinned: " + points());
      JsonNode steps = browser.json("document.querySelector('figure').plot.data[0]");
      int last = steps.get(steps.size() - 1).asInt();
      assertTrue(last > 998_000, () -> "an extreme of the last interval: " + last);
      assertEquals(List.of(), browser.console());
    }
  }
}
