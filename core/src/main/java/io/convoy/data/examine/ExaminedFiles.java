package io.convoy.data.examine;

import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is known of files that were examined before. In a file, a line says which Convoy examined
 * them; then follows an object a line.
 */
public final class ExaminedFiles {
  /** The file's name beside a set; readers pass over it without a word. */
  public static final String NAME = ".convoy-examined.jsonl";

  private final Map<String, Examined> byPath = new HashMap<>();

  /**
   * The first line.
   *
   * @param examinedBy what decides what is damaged
   */
  private record Head(String examinedBy) {}

  /** What is known of a file; empty where it is another by now. */
  public synchronized Optional<Examined> of(StoredImage file) {
    return Optional.ofNullable(byPath.get(file.path())).filter(known -> known.isOf(file));
  }

  /** Adds what was found out. */
  public synchronized void add(Examined found) {
    byPath.put(found.path(), found);
  }

  /** Forgets all files but these. */
  public synchronized void retain(Collection<String> paths) {
    byPath.keySet().retainAll(paths);
  }

  /**
   * Adds what a file says, as far as it can be read; nothing where another Convoy has written it.
   *
   * @param examinedBy this one
   */
  public synchronized void read(InputStream in, String examinedBy) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    try {
      Head head = line(lines.readLine(), Head.class);
      if (head == null || !examinedBy.equals(head.examinedBy())) {
        return;
      }
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        add(line(line, Examined.class));
      }
    } catch (ConvoyException e) {
      if (e.kind() != ConvoyException.Kind.DATA) {
        throw e;
      }
      // cut short, or no such file: what it does not say is examined again
    }
  }

  private static <T> T line(String line, Class<T> type) {
    byte[] json = line == null ? new byte[0] : line.getBytes(StandardCharsets.UTF_8);
    if (json.length == 0) {
      throw ConvoyException.data("a line is missing");
    }
    return Json.readFile(json, type, "");
  }

  /**
   * Writes what is known of some files, in the order of their paths.
   *
   * @param which of the paths
   */
  public synchronized void write(OutputStream out, String examinedBy, Predicate<String> which)
      throws IOException {
    writeLine(out, new Head(examinedBy));
    for (String path : byPath.keySet().stream().filter(which).sorted().toList()) {
      writeLine(out, byPath.get(path));
    }
  }

  private static void writeLine(OutputStream out, Object value) throws IOException {
    out.write(Json.bytes(value));
    out.write('\n');
  }
}
