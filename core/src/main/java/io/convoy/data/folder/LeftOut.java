package io.convoy.data.folder;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.convoy.data.FileStore;
import io.convoy.data.examine.ExaminedFiles;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What lies in a data set's folders and is no part of it: how many of each kind, and a few names.
 */
public final class LeftOut {
  private static final int NAMED = 5;

  /** Why something is left out. Droppings of systems come first: they are told by names alone. */
  public enum Reason {
    MACOS("files of macOS"),
    WINDOWS("files of Windows"),
    NETWORK_DISK("files of a network disk"),
    NOTEBOOK("checkpoints of notebooks"),
    HADOOP("files of Hadoop's jobs"),
    UNFINISHED("unfinished or backup copies"),
    HIDDEN("hidden"),
    BESIDE("beside the class folders"),
    UNSORTED("images beside the class folders, hence of no class"),
    BESIDE_ARCHIVES("beside the tar files"),
    LINK("links within tar files"),
    NO_LABEL("rows without a label or a path"),
    NO_IMAGE("no images"),
    OTHER_IMAGE("images of a kind that Convoy does not read (convert them)"),
    NOT_LISTED("of classes that data.classes (of convoy pack: --classes) does not list");

    private static final Map<Reason, Set<String>> NAMES =
        Map.of(
            MACOS,
            Set.of("__macosx", ".ds_store", ".appledouble", ".localized", "icon\r"),
            WINDOWS,
            Set.of(
                "thumbs.db",
                "ehthumbs.db",
                "ehthumbs_vista.db",
                "desktop.ini",
                "$recycle.bin",
                "system volume information"),
            NETWORK_DISK,
            Set.of("@eadir", "#recycle", "@recycle", "#snapshot", "@recently-snapshot"),
            NOTEBOOK,
            Set.of(".ipynb_checkpoints"),
            HADOOP,
            Set.of("_success", "_temporary"));

    private static final List<String> UNFINISHED_ENDINGS =
        List.of(".part", ".partial", ".crdownload", ".download", ".tmp", ".bak", "~", "._copying_");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** Why whatever has this name is no part of any data set; empty where it may be one. */
    public static Optional<Reason> of(FileStore.Entry entry) {
      String name = entry.name().toLowerCase(Locale.ROOT);
      for (Map.Entry<Reason, Set<String>> known : NAMES.entrySet()) {
        if (known.getValue().contains(name)) {
          return Optional.of(known.getKey());
        }
      }
      if (name.startsWith("._")) {
        return Optional.of(MACOS);
      }
      if (name.startsWith(".")) {
        return Optional.of(HIDDEN);
      }
      if (entry.directory()) {
        return Optional.empty();
      }
      if (name.endsWith(":zone.identifier")) {
        return Optional.of(WINDOWS);
      }
      return UNFINISHED_ENDINGS.stream().anyMatch(name::endsWith)
          ? Optional.of(UNFINISHED)
          : Optional.empty();
    }
  }

  private static final class Group {
    @JsonProperty private long count;
    @JsonProperty private final List<String> named = new ArrayList<>();
  }

  private final EnumMap<Reason, Group> groups;

  /** Nothing yet. */
  public LeftOut() {
    this(new EnumMap<>(Reason.class));
  }

  @JsonCreator
  private LeftOut(EnumMap<Reason, Group> groups) {
    this.groups = groups;
  }

  @JsonValue
  private EnumMap<Reason, Group> toJson() {
    return groups;
  }

  /** Counts one. */
  public void add(Reason reason, String name) {
    add(reason, 1, List.of(name));
  }

  /**
   * Counts some.
   *
   * @param names the first of them, or all
   */
  public void add(Reason reason, long count, List<String> names) {
    Group group = groups.computeIfAbsent(reason, any -> new Group());
    group.count += count;
    names.stream().limit(NAMED - group.named.size()).forEach(group.named::add);
  }

  /** Counts what another part of the same set has left out. */
  public void add(LeftOut other) {
    other.groups.forEach((reason, group) -> add(reason, group.count, group.named));
  }

  /**
   * Counts an entry where its name says that it is no part of any data set. What Convoy itself has
   * left there is not counted.
   *
   * @param prefix what stands before its name in messages
   * @return whether it is no part of a set
   */
  public boolean takes(FileStore.Entry entry, String prefix) {
    if (entry.name().equals(ExaminedFiles.NAME)) {
      return true;
    }
    Optional<Reason> reason = Reason.of(entry);
    reason.ifPresent(why -> add(why, prefix + entry.name()));
    return reason.isPresent();
  }

  /**
   * Counts a file where it is no image that Convoy reads.
   *
   * @param kind of the file; not {@link ImageName#UNKNOWN}, which somebody has to look at before
   * @return whether it is none
   */
  public boolean takes(ImageName kind, String name) {
    Optional<Reason> reason =
        switch (kind) {
          case IMAGE -> Optional.empty();
          case OTHER_IMAGE -> Optional.of(Reason.OTHER_IMAGE);
          case NO_IMAGE, UNKNOWN -> Optional.of(Reason.NO_IMAGE);
        };
    reason.ifPresent(why -> add(why, name));
    return reason.isPresent();
  }

  /** Those of one kind, in words. */
  public String named(Reason reason) {
    Group group = groups.getOrDefault(reason, new Group());
    return FolderSurvey.some(group.named, group.count);
  }

  /**
   * A sentence for each kind.
   *
   * @param folder in which the names stand
   */
  public List<String> inWords(String folder) {
    List<String> sentences = new ArrayList<>();
    groups.forEach(
        (reason, group) ->
            sentences.add(
                "%s: left out %s as %s: %s"
                    .formatted(folder, group.count, reason.words, named(reason))));
    return sentences;
  }
}
