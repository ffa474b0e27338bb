package io.convoy.launcher.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.launcher.place.Locations;
import io.convoy.storage.StoreFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Where an explanation goes, on any Hadoop file system. What another one has left there goes, file
 * by file as it lists them; a folder with anything else in it is refused.
 */
public final class ExplainFolder {
  /** The figures, and the list of files: what tells such a folder from others. */
  public static final String FIGURES = "explain.json";

  /** The page. */
  public static final String PAGE = "index.html";

  private static final int LARGEST = 64 << 20;

  /** Names that lead nowhere else. */
  private static final Pattern OWN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

  private final StoreFolder folder;
  private final List<String> earlier;

  private ExplainFolder(StoreFolder folder, List<String> earlier) {
    this.folder = folder;
    this.earlier = earlier;
  }

  /**
   * Looks at the place; writes nothing.
   *
   * @param place as {@code --out} names it
   * @throws ConvoyException of kind USAGE when it is a file, or a folder that holds anything but an
   *     explanation
   */
  public static ExplainFolder of(String place, Locations locations) {
    StoreFolder folder = StoreFolder.at(locations.absolute(place), locations.configuration());
    try {
      if (folder.status(folder.root()).filter(FileStatus::isFile).isPresent()) {
        throw ConvoyException.usage("--out %s is a file: name a folder", place);
      }
      List<String> names = folder.names(folder.root());
      if (names.isEmpty()) {
        return new ExplainFolder(folder, List.of());
      }
      if (!names.contains(FIGURES)) {
        throw notOurs(place, names.get(0));
      }
      JsonNode figures =
          Json.readFile(folder.read(folder.path(FIGURES), LARGEST), JsonNode.class, FIGURES);
      return new ExplainFolder(folder, files(figures, place));
    } catch (IOException e) {
      throw folder.failed("look at", folder.root(), e);
    }
  }

  private static List<String> files(JsonNode figures, String place) {
    List<String> files = new ArrayList<>();
    figures.path("files").forEach(file -> files.add(file.asText()));
    if (files.isEmpty() || !files.stream().allMatch(name -> OWN.matcher(name).matches())) {
      throw notOurs(place, FIGURES);
    }
    return files;
  }

  private static ConvoyException notOurs(String place, String found) {
    return ConvoyException.usage(
        "--out %s: an explanation goes into a folder that is empty or not there yet, or in place of"
            + " another explanation; this one has %s: name another",
        place, found);
  }

  /** Its full name. */
  public String location() {
    return folder.root().toString();
  }

  /**
   * Writes all files, the page last: where it is, all it belongs to is.
   *
   * @param figures to which the list of files is added
   * @throws ConvoyException of kind RESOURCE when they cannot be written
   */
  public void write(ObjectNode figures, Map<String, byte[]> files, byte[] page) {
    ObjectNode listed = figures.deepCopy();
    files.keySet().forEach(listed.putArray("files")::add);
    listed.withArray("files").add(PAGE).add(FIGURES);
    Path at = folder.root();
    try {
      folder.makeFolder(at);
      for (String name : earlier) {
        if (!name.equals(FIGURES)) {
          at = folder.path(name);
          folder.fileSystem().delete(at, false);
        }
      }
      write(FIGURES, Json.lines(listed)); // first: an unfinished one is known as ours
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        at = folder.path(file.getKey());
        write(file.getKey(), file.getValue());
      }
      at = folder.path(PAGE);
      write(PAGE, page);
    } catch (IOException e) {
      throw folder.unwritable(
          "write", at, e, "make room or give access there, or name another folder by --out");
    }
  }

  private void write(String name, byte[] bytes) throws IOException {
    folder.write(folder.path(name), out -> out.write(bytes));
  }
}
