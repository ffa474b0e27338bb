package io.convoy.trainer;

import io.convoy.data.DataSet;
import io.convoy.data.FileDataSet;
import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.data.FileDigests;
import io.convoy.data.SampleSource;
import io.convoy.data.examine.DamageRule;
import io.convoy.data.examine.Damaged;
import io.convoy.data.examine.Examination;
import io.convoy.data.examine.ExaminationListener;
import io.convoy.data.examine.ExaminedFiles;
import io.convoy.data.examine.ExaminedSet;
import io.convoy.data.examine.Look;
import io.convoy.data.examine.LookHere;
import io.convoy.data.examine.RejectedFile;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.recipe.Recipe;
import io.convoy.run.RunFolder;
import io.convoy.storage.HadoopFiles;
import io.convoy.storage.StoreFolder;
import io.convoy.storage.WholeFiles;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Examines a job's sets before anything is trained on them. */
public final class DataExamination {
  /** Fewer files than that are looked at here: a job is not worth its start. */
  static final int FEW = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(DataExamination.class);

  private final HadoopFiles files;
  private final Look executors;
  private final TrainingListener listener;

  /** On the executors of a session, where there are many files. */
  public static DataExamination on(
      JavaSparkContext spark, HadoopFiles files, TrainingListener listener) {
    return new DataExamination(files, new LookOnExecutors(spark, files), listener);
  }

  /**
   * @param executors who looks at many files
   */
  DataExamination(HadoopFiles files, Look executors, TrainingListener listener) {
    this.files = files;
    this.executors = executors;
    this.listener = listener;
  }

  /**
   * What is known of the files of a job's sets, and which are left out.
   *
   * @param job the job; where images have other sizes than the network's input, and its recipe does
   *     not say what becomes of them, one that brings them to it
   * @param training of the training set; none where it is none of files
   * @param test likewise
   */
  public record Result(TrainingJob job, FileDigests training, FileDigests test) {}

  /**
   * Examines both sets.
   *
   * @throws ConvoyException of kind DATA when they have more damaged images than the recipe allows,
   *     or of kind USAGE when the network does not fit them
   */
  public Result of(TrainingJob given) {
    requireFits(given.recipe(), given.training());
    TrainingJob job = brought(given);
    ExaminedMemory memory = new ExaminedMemory(Optional.of(job.run()), files.configuration());
    Examination examination =
        new Examination(files, memory.known(), look(job.threads()), told(memory));
    ExaminedSet training = examine(examination, memory, "training set", job.training());
    ExaminedSet test = examine(examination, memory, "test set", job.test());
    List<ExaminedSet> examined = new ArrayList<>();
    if (training != null) {
      examined.add(training);
    }
    if (test != null) {
      examined.add(test);
    }
    if (!examined.isEmpty()) {
      String list = writeRejected(job.run(), examined);
      job.recipe().data().damageRule().require(examined, list);
      Shape input = job.recipe().network().inputShape();
      if (!examined.stream().allMatch(set -> set.hasOneSize(input.height(), input.width()))) {
        job = brought(job, Optional.empty());
      }
    }
    return new Result(job, digests(training), digests(test));
  }

  /** What can be told before the files are read, so that nobody waits for it. */
  private void requireFits(Recipe recipe, DataSet training) {
    if (!(training instanceof FileDataSet)) {
      return;
    }
    try (SampleSource source = training.ofAnySize().open(files)) {
      recipe.requireFits(source);
    }
  }

  /** What is told of sizes before the files are read; of files, the first one. */
  private TrainingJob brought(TrainingJob job) {
    if (job.recipe().data().size() != null || !job.recipe().data().format().decodes()) {
      return job;
    }
    TrainingJob brought = job;
    for (DataSet set : Arrays.asList(job.training(), job.test())) {
      if (set == null) {
        continue;
      }
      try (SampleSource source = set.open(files)) {
        brought = brought(brought, source.commonShape());
      } catch (ConvoyException e) {
        if (e.kind() != ConvoyException.Kind.DATA) {
          throw e;
        }
        LOG.debug("the first image does not tell its size", e); // the examination says why
      }
    }
    return brought;
  }

  private static TrainingJob brought(TrainingJob job, Optional<Shape> common) {
    Recipe recipe = job.recipe().forImagesOf(common);
    return recipe.equals(job.recipe()) ? job : job.broughtBy(recipe);
  }

  private static FileDigests digests(ExaminedSet examined) {
    return examined == null ? FileDigests.NONE : examined.digests();
  }

  /**
   * What is known of a test set for an evaluation, where the recipe leaves damaged images out; the
   * log counts them.
   *
   * @throws ConvoyException as {@link #of}
   */
  FileDigests of(Recipe recipe, DataSet test, int threads) {
    DamageRule rule = recipe.data().damageRule();
    if (rule.damaged() == Damaged.REFUSE || !(test instanceof FileDataSet)) {
      return FileDigests.NONE;
    }
    ExaminedMemory memory = new ExaminedMemory(Optional.empty(), files.configuration());
    Examination examination = new Examination(files, memory.known(), look(threads), told(memory));
    ExaminedSet examined = examine(examination, memory, "test set", test);
    rule.require(List.of(examined), "");
    List<String> damaged = examined.damaged();
    if (!damaged.isEmpty()) {
      LOG.warn("the test set is used without {} damaged images: {}", damaged.size(), damaged);
    }
    return examined.digests();
  }

  /** A set; null where it is none of files. */
  private ExaminedSet examine(
      Examination examination, ExaminedMemory memory, String title, DataSet set) {
    if (!(set instanceof FileDataSet images)) {
      return null;
    }
    List<StoredImage> listed = images.images(files);
    memory.add(images, listed);
    ExaminedSet examined = examination.of(title, images, listed);
    listener.onExamined(examined);
    return examined;
  }

  private Look look(int threads) {
    Look here = new LookHere(files, threads);
    return (set, images, found) -> (images.size() < FEW ? here : executors).at(set, images, found);
  }

  private ExaminationListener told(ExaminedMemory memory) {
    return new ExaminationListener() {
      @Override
      public void onExamination(long done, long total) {
        listener.onExamination(done, total);
      }

      @Override
      public void onKnown(ExaminedFiles known) {
        memory.write();
      }
    };
  }

  /** Writes the list, or removes that of an earlier start; returns its name. */
  private String writeRejected(String run, List<ExaminedSet> sets) {
    StoreFolder folder = StoreFolder.at(run, files.configuration());
    Path file = folder.path(RunFolder.REJECTED);
    List<RejectedFile> rejected = sets.stream().flatMap(set -> set.rejected().stream()).toList();
    try {
      if (!rejected.isEmpty()) {
        folder.makeFolder(folder.root());
        new WholeFiles(folder, 0)
            .replace(
                file,
                out -> {
                  for (RejectedFile one : rejected) {
                    out.write(Json.bytes(one));
                    out.write('\n');
                  }
                });
      } else if (folder.status(file).isPresent()) {
        folder.fileSystem().delete(file, false);
      }
    } catch (IOException e) {
      throw folder.unwritable(
          "write", file, e, "make room or give access there, or choose another --out");
    }
    return rejected.isEmpty() ? "" : file.toString();
  }
}
