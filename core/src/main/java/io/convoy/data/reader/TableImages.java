package io.convoy.data.reader;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.data.folder.Classes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that a table names: relative to its folder, or absolute. Each folder is listed once, so
 * that a million images are no million questions to a name node.
 */
final class TableImages {
  /** A full name: what stands for its file system, and a path from the root. */
  private static final Pattern FULL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+:(?://[^/]*)?)?/.*");

  private final FileStore files;
  private final String base;
  private final String root;
  private final Map<String, Map<String, FileStore.Entry>> folders = new HashMap<>();

  /**
   * @param base the table's folder
   */
  TableImages(FileStore files, String base) {
    this.files = files;
    this.base = base.replaceAll("/+$", "");
    Matcher full = FULL.matcher(base);
    this.root = full.matches() && full.group(1) != null ? full.group(1) : "";
  }

  /**
   * What an image is called: its path from the table's folder, or its full name where it lies
   * elsewhere.
   */
  String name(String path) {
    String plain = path;
    while (plain.startsWith("./")) {
      plain = plain.substring(2);
    }
    String full = full(plain);
    return full.startsWith(base + "/") ? full.substring(base.length() + 1) : plain;
  }

  /** The file of such a name; empty where there is none, or a folder. */
  Optional<FileStore.Entry> find(String name) {
    String path = full(name);
    int end = path.lastIndexOf('/');
    Map<String, FileStore.Entry> folder =
        folders.computeIfAbsent(path.substring(0, Math.max(1, end)), this::list);
    String last = path.substring(end + 1);
    FileStore.Entry exact = folder.get(last);
    return Optional.ofNullable(exact == null ? folder.get(Classes.composed(last)) : exact)
        .filter(entry -> !entry.directory());
  }

  private String full(String name) {
    if (name.startsWith("/")) {
      return root + name; // on the table's own file system
    }
    return FULL.matcher(name).matches() ? name : base + "/" + name;
  }

  /** The children by name, and by its form with composed accents, which the table may have. */
  private Map<String, FileStore.Entry> list(String folder) {
    Map<String, FileStore.Entry> entries = new HashMap<>();
    if (!StoredFile.exists(files, folder)) {
      return entries;
    }
    List<FileStore.Entry> listed = StoredFile.list(files, folder);
    listed.forEach(entry -> entries.put(Classes.composed(entry.name()), entry));
    listed.forEach(entry -> entries.put(entry.name(), entry));
    return entries;
  }
}
