package io.convoy.launcher.lint;

import io.convoy.data.DataSet;
import io.convoy.data.FileDataSet;
import io.convoy.data.SampleSource;
import io.convoy.data.examine.Examination;
import io.convoy.data.examine.ExaminationListener;
import io.convoy.data.examine.ExaminedSet;
import io.convoy.data.examine.LookHere;
import io.convoy.launcher.progress.Quantity;
import io.convoy.launcher.progress.TransferProgress;
import io.convoy.recipe.Recipe;
import io.convoy.run.RunDescription;
import io.convoy.storage.HadoopFiles;
import io.convoy.trainer.ExaminedMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The images of a run, as its training has them: without those that are damaged.
 *
 * @param test null for none
 * @param notes what is not as the training had it, in words
 */
public record RunImages(SampleSource training, SampleSource test, List<String> notes)
    implements AutoCloseable {
  /**
   * Opens both sets; image files are examined before, unless that is known of them.
   *
   * @param run the folder of the run, which may know what was examined
   * @param folder in which the images lie
   * @param threads that examine, at least 1
   * @throws io.convoy.error.ConvoyException when a set is not there, or does not fit the network
   */
  public static RunImages open(
      RunDescription description,
      Recipe recipe,
      String run,
      String folder,
      HadoopFiles files,
      int threads,
      TransferProgress progress) {
    int channels = recipe.network().inputShape().channels();
    Opening opening = new Opening(run, files, threads, progress, new ArrayList<>());
    SampleSource training =
        opening.open("training images", recipe.data().training(files, folder, channels));
    SampleSource test = null;
    try {
      recipe.requireFits(training);
      Optional<DataSet> tested = recipe.data().test(files, folder, channels);
      if (tested.isPresent()) {
        test = opening.open("test images", tested.get().labelledAs(training.classes()));
      }
      opening.notes().addAll(training.leftOut());
      String known = description.dataFingerprint();
      if (known != null && !known.equals(training.fingerprint())) {
        opening
            .notes()
            .add("the images in " + folder + " are not those that the run has trained on");
      }
      return new RunImages(training, test, List.copyOf(opening.notes()));
    } catch (RuntimeException e) {
      new RunImages(training, test, List.of()).close();
      throw e;
    }
  }

  private record Opening(
      String run, HadoopFiles files, int threads, TransferProgress progress, List<String> notes) {
    SampleSource open(String title, DataSet set) {
      if (!(set instanceof FileDataSet images)) {
        return set.open(files);
      }
      ExaminedMemory memory = new ExaminedMemory(Optional.of(run), files.configuration());
      List<FileDataSet.StoredImage> listed = images.images(files);
      memory.add(images, listed);
      progress.start(title, 0, listed.size(), Quantity.IMAGES);
      ExaminationListener told =
          new ExaminationListener() {
            @Override
            public void onExamination(long done, long total) {
              progress.at(listed.size() - total + done);
            }
          };
      ExaminedSet examined =
          new Examination(files, memory.known(), new LookHere(files, threads), told)
              .of(title, images, listed);
      progress.close();
      List<String> damaged = examined.damaged();
      if (!damaged.isEmpty()) {
        notes.add("%s damaged %s, such as %s".formatted(damaged.size(), title, damaged.get(0)));
      }
      return images.open(files, examined.digests());
    }
  }

  @Override
  public void close() {
    training.close();
    if (test != null) {
      test.close();
    }
  }
}
