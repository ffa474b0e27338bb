package io.convoy.launcher.doctor;

import io.convoy.data.DataSet;
import io.convoy.data.FileDataSet;
import io.convoy.data.examine.Examination;
import io.convoy.data.examine.ExaminationListener;
import io.convoy.data.examine.ExaminedFiles;
import io.convoy.data.examine.ExaminedSet;
import io.convoy.data.examine.LookHere;
import io.convoy.data.examine.RejectedFile;
import io.convoy.data.reader.DataFormat;
import io.convoy.data.reader.Reading;
import io.convoy.error.ConvoyException;
import io.convoy.storage.HadoopFiles;
import io.convoy.trainer.ExaminedMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether each image of a folder can be decoded. What is found out, the next training knows. */
record ImagesCheck(String folder, HadoopFiles files, int threads) implements Check {
  private static final String ABOUT = "images";
  private static final int CHANNELS = 3;

  @Override
  public List<Finding> look() {
    Optional<DataFormat> format =
        DataFormat.all().stream().filter(known -> known.isIn(files, folder)).findFirst();
    if (format.filter(DataFormat::isExamined).isEmpty()) {
      return List.of(
          Finding.ok(ABOUT, "%s holds no image files that could be damaged one by one", folder));
    }
    try {
      List<Finding> findings = new ArrayList<>();
      Reading reading = Reading.of(CHANNELS);
      look("training set", format.get().training(files, folder, reading), findings);
      format.get().test(files, folder, reading).ifPresent(test -> look("test set", test, findings));
      return findings;
    } catch (ConvoyException e) {
      return List.of(Finding.fail(ABOUT, e.getMessage(), "mend what is named, and look again"));
    }
  }

  private void look(String title, DataSet set, List<Finding> findings) {
    FileDataSet images = (FileDataSet) set;
    ExaminedMemory memory = new ExaminedMemory(Optional.empty(), files.configuration());
    memory.add(images, images.images(files));
    ExaminationListener keeping =
        new ExaminationListener() {
          @Override
          public void onKnown(ExaminedFiles known) {
            memory.write();
          }
        };
    ExaminedSet examined =
        new Examination(files, memory.known(), new LookHere(files, threads), keeping)
            .of(title, images);
    List<String> sentences = examined.inWords();
    findings.add(Finding.ok(ABOUT, "%s", sentences.get(0)));
    for (String sentence : sentences.subList(1, sentences.size())) {
      findings.add(Finding.warn(ABOUT, sentence, "nothing, unless it comes as a surprise"));
    }
    for (RejectedFile file : examined.rejected()) {
      if (file.damaged()) {
        findings.add(
            Finding.fail(
                ABOUT,
                file.path() + ": " + file.reason(),
                "mend it, take it away, or have a training leave it out by data.damaged: skip"));
      }
    }
  }
}
