package io.convoy.data.reader;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.data.folder.Classes;
import io.convoy.error.ConvoyException;
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
public final class TableImages {
  /** A full name: what stands for its file system, and a path from the root. */
  private static final Pattern FULL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+:(?://[^/]*)?)?/.*");

  private final FileStore files;
  private final Base base;
  private final Map<String, Map<String, FileStore.Entry>> folders = new HashMap<>();

  /**
   * @param base the table's folder
   */
  TableImages(FileStore files, String base) {
    this.files = files;
    this.base = new Base(base);
  }

  /** The folder that paths are relative to. */
  private static final class Base {
    private final String folder;
    private final String root;

    Base(String folder) {
      this.folder = folder.replaceAll("/+$", "");
      Matcher full = FULL.matcher(folder);
      this.root = full.matches() && full.group(1) != null ? full.group(1) : "";
    }

    String name(String path) {
      String plain = path;
      while (plain.startsWith("./")) {
        plain = plain.substring(2);
      }
      String full = full(plain);
      return full.startsWith(folder + "/") ? full.substring(folder.length() + 1) : plain;
    }

    String full(String name) {
      if (name.startsWith("/")) {
        return root + name; // on the table's own file system
      }
      return FULL.matcher(name).matches() ? name : folder + "/" + name;
    }
  }

  /**
   * What an image is called: its path from the table's folder, or its full name where it lies
   * elsewhere.
   *
   * @param folder of the table
   * @param path as the table has it
   */
  public static String name(String folder, String path) {
    return new Base(folder).name(path);
  }

  /** The same in this table's folder. */
  String name(String path) {
    return base.name(path);
  }

  /** The file of such a name; empty where there is none, or a folder. */
  Optional<FileStore.Entry> find(String name) {
    String path = base.full(name);
    int end = path.lastIndexOf('/');
    Map<String, FileStore.Entry> folder =
        folders.computeIfAbsent(path.substring(0, Math.max(1, end)), this::list);
    String last = path.substring(end + 1);
    FileStore.Entry exact = folder.get(last);
    return Optional.ofNullable(exact == null ? folder.get(Classes.composed(last)) : exact)
        .filter(entry -> !entry.directory());
  }

  /**
   * A file that is known to be there.
   *
   * @throws ConvoyException of kind RESOURCE when it is gone
   */
  FileStore.Entry file(String path) {
    return StoredFile.find(files, path)
        .orElseThrow(() -> ConvoyException.resource("%s is gone: put it back", path));
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
