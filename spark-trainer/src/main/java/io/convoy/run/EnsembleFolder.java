package io.convoy.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.checkpoint.ModelFiles;
import io.convoy.ensemble.Ensemble;
import io.convoy.ensemble.OutputAverage;
import io.convoy.error.ConvoyException;
import io.convoy.format.LittleEndianFloats;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.release.OwnJar;
import io.convoy.storage.DamagedException;
import io.convoy.storage.Retries;
import io.convoy.storage.StoreFolder;
import io.convoy.storage.WholeFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of an ensemble, on any Hadoop file system. It holds copies of its members, so that it
 * stands when their runs are gone.
 *
 * <pre>
 *   ENSEMBLE/members/00000/   a checkpoint's files, which {@link Models#load} reads alone too
 *   ENSEMBLE/ensemble.json    what the ensemble is: written last
 * </pre>
 */
public final class EnsembleFolder {
  private static final Logger LOG = LoggerFactory.getLogger(EnsembleFolder.class);
  private static final String DESCRIPTION = "ensemble.json";
  private static final int DESCRIPTION_LIMIT = 64 << 20;

  /**
   * A network that becomes a member.
   *
   * @param model its name is the member's
   * @param run where it came from: a run's folder. That of the first member, where it is still
   *     there, gives its recipe to the ensemble
   * @param step of that training, at least 0
   */
  public record Member(Model model, String run, long step) {}

  private EnsembleFolder() {}

  /** Whether a folder is that of an ensemble, by its {@code ensemble.json}. */
  public static boolean isEnsemble(String place, Configuration configuration) {
    StoreFolder folder = StoreFolder.at(place, configuration);
    Path file = folder.path(DESCRIPTION);
    try {
      return Retries.of(() -> folder.status(file)).isPresent();
    } catch (IOException e) {
      throw folder.failed("look at", file, e);
    } catch (DamagedException e) {
      throw new IllegalStateException("cannot happen: only its status is asked for", e);
    }
  }

  /**
   * Writes an ensemble: all of it, or nothing that is taken for one.
   *
   * @param place a folder that is new or empty
   * @param members in order, at least one
   * @param average of so many members
   * @throws ConvoyException of kind USAGE when the members do not fit each other, or the folder
   *     holds anything; DIVERGED when a weight is NaN or infinite; RESOURCE when the file system
   *     does not take it
   */
  public static void write(
      String place, List<Member> members, OutputAverage average, Configuration configuration) {
    StoreFolder folder = StoreFolder.at(place, configuration);
    Ensemble ensemble =
        new Ensemble(
            folder.root().toString(), members.stream().map(Member::model).toList(), average);
    List<EnsembleDescription.Entry> entries = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      entries.add(entry(i, members.get(i)));
    }
    byte[] description =
        Json.lines(
            new EnsembleDescription(
                EnsembleDescription.FORMAT_VERSION,
                entries,
                average,
                ensemble.classes(),
                recipeOf(members.get(0).run(), configuration)));
    requireEmpty(folder);
    try {
      writeMembers(folder, members, entries, configuration);
      new WholeFiles(folder, 0).replace(folder.path(DESCRIPTION), out -> out.write(description));
    } catch (IOException e) {
      deleteMembers(folder);
      throw folder.unwritable(
          "write", "the ensemble " + folder.root(), e, "make room or give access, and try again");
    } catch (ConvoyException e) {
      deleteMembers(folder);
      throw e;
    }
  }

  /** That of a run; null where there is no such run, or no longer. */
  private static JsonNode recipeOf(String run, Configuration configuration) {
    try {
      return RunFolder.open(run, configuration).description().recipe();
    } catch (ConvoyException e) {
      LOG.info("the ensemble knows no recipe: {}", e.getMessage());
      return null;
    }
  }

  private static EnsembleDescription.Entry entry(int number, Member member) {
    return new EnsembleDescription.Entry(
        String.format(Locale.ROOT, "members/%05d", number),
        member.model().name(),
        member.run(),
        member.step(),
        member.model().convolution(),
        LittleEndianFloats.sha256(member.model().weights()));
  }

  private static void writeMembers(
      StoreFolder folder,
      List<Member> members,
      List<EnsembleDescription.Entry> entries,
      Configuration configuration)
      throws IOException {
    String version = OwnJar.of(EnsembleFolder.class).version().orElse("development");
    for (int i = 0; i < members.size(); i++) {
      Path files = folder.path(entries.get(i).folder());
      ModelFiles.write(
          StoreFolder.at(files.toString(), configuration),
          members.get(i).model(),
          members.get(i).step(),
          version);
    }
  }

  /**
   * Makes sure that {@link #write} would find a new or empty folder, so that this can be told
   * before anything is computed.
   *
   * @throws ConvoyException of kind USAGE when the folder holds anything; RESOURCE when it cannot
   *     be looked at
   */
  public static void requireFree(String place, Configuration configuration) {
    requireEmpty(StoreFolder.at(place, configuration));
  }

  private static void requireEmpty(StoreFolder folder) {
    Path root = folder.root();
    try {
      Optional<FileStatus> status = folder.status(root);
      if (status.isPresent() && !status.get().isDirectory()) {
        throw ConvoyException.usage("%s is a file; an ensemble is a folder: name another", root);
      }
      List<String> names = folder.names(root);
      if (!names.isEmpty()) {
        throw ConvoyException.usage(
            "an ensemble's folder must be new or empty; %s holds %s: name another, or remove it",
            root, names.contains(DESCRIPTION) ? "an ensemble" : names.get(0));
      }
    } catch (IOException e) {
      throw folder.failed("look into", root, e);
    }
  }

  private static void deleteMembers(StoreFolder folder) {
    Path members = folder.path("members");
    try {
      folder.fileSystem().delete(members, true);
    } catch (IOException e) {
      LOG.warn("{} stays behind: {}", members, StoreFolder.reason(e));
    }
  }

  /**
   * Loads an ensemble. Every byte of its members is compared with their sums.
   *
   * @throws ConvoyException of kind USAGE when the folder is none, or of a later format; DATA when
   *     it is damaged; RESOURCE when it cannot be reached
   */
  public static Ensemble load(String place, Configuration configuration) {
    StoreFolder folder = StoreFolder.at(place, configuration);
    EnsembleDescription description = description(folder);
    List<Model> members = new ArrayList<>();
    for (EnsembleDescription.Entry entry : description.members()) {
      members.add(member(folder, entry, configuration));
    }
    Ensemble ensemble = new Ensemble(folder.root().toString(), members, description.average());
    if (!ensemble.classes().equals(description.classes())) {
      throw ConvoyException.data(
          "%s is damaged: its classes and those of its first member differ; restore it from a copy,"
              + " or make it anew",
          folder.path(DESCRIPTION));
    }
    for (String reordered : ensemble.reordered()) {
      LOG.info(
          "{}: {} has the classes in another order; its outputs are put in order by name",
          ensemble.name(),
          reordered);
    }
    return ensemble;
  }

  /**
   * The recipe of the first member's run, which says how images are stored; empty where the run was
   * gone when the ensemble was made.
   *
   * @throws ConvoyException as {@link #load} does
   */
  public static Optional<JsonNode> recipe(String place, Configuration configuration) {
    return Optional.ofNullable(description(StoreFolder.at(place, configuration)).recipe());
  }

  /** How a member's convolutions are computed; empty where a checkpoint is no ensemble's member. */
  static Optional<ConvolutionAlgorithm> convolutionOf(
      StoreFolder checkpoint, Configuration configuration) {
    Path members = checkpoint.root().getParent();
    Path ensemble = members == null ? null : members.getParent();
    if (ensemble == null || !isEnsemble(ensemble.toString(), configuration)) {
      return Optional.empty();
    }
    String name = members.getName() + "/" + checkpoint.root().getName();
    return description(StoreFolder.at(ensemble.toString(), configuration)).members().stream()
        .filter(entry -> entry.folder().equals(name))
        .map(EnsembleDescription.Entry::conv)
        .findFirst();
  }

  private static EnsembleDescription description(StoreFolder folder) {
    Path file = folder.path(DESCRIPTION);
    try {
      byte[] bytes = Retries.of(() -> folder.read(file, DESCRIPTION_LIMIT));
      JsonNode tree = Json.readFile(bytes, JsonNode.class, file.toString());
      int version = tree == null ? 0 : tree.path("formatVersion").asInt(0);
      if (version > EnsembleDescription.FORMAT_VERSION) {
        throw ConvoyException.usage(
            "%s is of format version %d, this Convoy reads %d: take the Convoy that wrote it, or a"
                + " later one",
            file, version, EnsembleDescription.FORMAT_VERSION);
      }
      EnsembleDescription read = Json.readFile(bytes, EnsembleDescription.class, file.toString());
      if (read == null || version != EnsembleDescription.FORMAT_VERSION) {
        throw ConvoyException.data(
            "%s must be of format version %d; it is of %d: restore it from a copy",
            file, EnsembleDescription.FORMAT_VERSION, version);
      }
      return read;
    } catch (FileNotFoundException e) {
      throw ConvoyException.usage(
          "%s holds no ensemble (it has no %s); look for a mistyped path, or for one that was never"
              + " finished",
          folder.root(), DESCRIPTION);
    } catch (IOException e) {
      throw folder.failed("read", file, e);
    } catch (DamagedException e) {
      throw new IllegalStateException("cannot happen: a small file has no sums", e);
    }
  }

  private static Model member(
      StoreFolder folder, EnsembleDescription.Entry entry, Configuration configuration) {
    Path files = folder.path(entry.folder());
    StoreFolder checkpoint = StoreFolder.at(files.toString(), configuration);
    Model read = Models.of(entry.name(), CheckpointStore.loadModel(checkpoint), entry.conv());
    String sha256 = LittleEndianFloats.sha256(read.weights());
    if (!sha256.equals(entry.weightsSha256())) {
      throw ConvoyException.data(
          "%s holds other weights than the ensemble's: their SHA-256 must be %s; it is %s: restore"
              + " it from a copy, or make the ensemble anew",
          files, entry.weightsSha256(), sha256);
    }
    return read;
  }
}
