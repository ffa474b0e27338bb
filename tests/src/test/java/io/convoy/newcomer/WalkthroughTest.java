package io.convoy.newcomer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.convoy.pack.DrawnImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/walkthrough.md, word for word but for the cluster's folder and ports, which are its own:
 * images on HDFS are packed, trained on, evaluated, and labelled by an ensemble.
 */
@Tag("slow")
class WalkthroughTest {
  private static final List<Integer> DOCUMENTED = List.of(8020, 9870, 7077, 8080);
  private static final List<String> OPTIONS =
      List.of("--hdfs-port", "--hdfs-web-port", "--spark-port", "--spark-web-port");

  @TempDir Path folder;

  private final Map<String, String> printed = new LinkedHashMap<>();
  private List<Integer> ports;
  private Shell shell;

  @BeforeEach
  void prepare() throws IOException {
    Path real = folder.toRealPath();
    shell =
        new Shell(
            Files.createDirectory(real.resolve("a user's folder")),
            Files.createDirectory(real.resolve("besides")));
    Path checkout = Path.of("..").toRealPath();
    for (String name : List.of("scripts", "launcher", "conf")) {
      Files.createSymbolicLink(shell.folder().resolve(name), checkout.resolve(name));
    }
    ports = freePorts();
  }

  private static List<Integer> freePorts() throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < DOCUMENTED.size(); i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  @AfterEach
  void leaveNothing() throws Exception {
    shell.start(own("scripts/cluster stop")).exitCode();
  }

  @Test
  void fromDrawnImagesToLabels() throws Exception {
    TreeMap<String, String> test = new TreeMap<>();
    for (int i = 0; i < 600; i++) {
      String label = "class %s".formatted(i * 7 % 10);
      String name = "%s/%s/%s.jpg".formatted(i % 6 == 0 ? "test" : "train", label, i);
      Path file = shell.folder().resolve("images").resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, DrawnImages.jpeg(i, 32, 32));
      if (i % 6 == 0) {
        test.put("/images/" + name, label);
      }
    }
    follow();
    requireLabels(test);
  }

  /** CIFAR-10's 60,000 files: some ten minutes on two cores. */
  @Test
  @Tag("soak")
  @Tag("data")
  void fromCifar10ToLabels() throws Exception {
    String given = System.getenv("CONVOY_DATA");
    Path root = given == null ? Path.of("../../shared/data") : Path.of(given);
    Path tars = root.resolve("cifar10-jpg").toAbsolutePath().normalize();
    assumeTrue(Files.isDirectory(tars), () -> "skipped: there is no " + tars);
    Path images = Files.createDirectory(shell.folder().resolve("images"));
    for (String set : List.of("train", "test")) {
      shell.succeeds("tar -xf '%s/%s.tar' -C images".formatted(tars, set));
    }
    TreeMap<String, String> test = new TreeMap<>();
    try (Stream<Path> files = Files.walk(images.resolve("test"))) {
      files
          .filter(Files::isRegularFile)
          .forEach(
              file ->
                  test.put(
                      "/" + shell.folder().relativize(file),
                      file.getParent().getFileName().toString()));
    }
    assertEquals(10_000, test.size());
    follow();
    requireLabels(test);
  }

  private void follow() throws Exception {
    Readme document = Readme.of(Path.of("../docs/walkthrough.md"));
    for (String command : document.commands("The commands")) {
      printed.put(command, shell.succeeds(own(command)));
    }
  }

  /** With a folder and ports of its own. */
  private String own(String command) {
    String own = command;
    if (own.startsWith("scripts/cluster start")) {
      for (int i = 0; i < ports.size(); i++) {
        own += " %s %s".formatted(OPTIONS.get(i), ports.get(i));
      }
    }
    return own.replaceFirst(
            "scripts/cluster (\\w+)",
            "scripts/cluster $1 --dir '%s/cluster'"
                .formatted(Matcher.quoteReplacement(shell.besides().toString())))
        .replace("127.0.0.1:8020", "127.0.0.1:" + ports.get(0));
  }

  private void requireLabels(TreeMap<String, String> test) throws IOException {
    TreeMap<String, String> labels = new TreeMap<>();
    try (Stream<Path> files = Files.list(shell.folder().resolve("labels"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode row = JsonMapper.builder().build().readTree(line);
          assertTrue(row.get("error").isNull(), line);
          String path = row.get("path").asText();
          labels.put(path.substring(path.indexOf("/images/")), row.get("label").asText());
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    assertEquals(test.keySet(), labels.keySet(), "each image has one row");
    long correct =
        test.entrySet().stream()
            .filter(image -> labels.get(image.getKey()).equals(image.getValue()))
            .count();
    String evaluated = printedBy("evaluate hdfs\\S+/models/both");
    assertEquals(
        List.of("%s of %s images".formatted(correct, test.size())),
        all("\\((\\d+ of \\d+ images)\\)", evaluated));
  }

  private String printedBy(String command) {
    List<String> found =
        printed.keySet().stream()
            .filter(given -> Pattern.compile(command).matcher(given).find())
            .toList();
    assertEquals(1, found.size(), () -> command + " in " + printed.keySet());
    return printed.get(found.get(0));
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
