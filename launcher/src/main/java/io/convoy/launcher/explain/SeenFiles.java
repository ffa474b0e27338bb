package io.convoy.launcher.explain;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.error.ConvoyException;
import io.convoy.explain.SeenImages;
import io.convoy.inference.EncodedImage;
import io.convoy.inference.Model;
import io.convoy.inference.Prediction;
import io.convoy.inference.Predictor;
import io.convoy.inference.TestTime;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import java.util.ArrayList;
import java.util.List;

/**
 * Images that are explained, as {@code convoy predict} reads them.
 *
 * @param images those that can be read
 * @param failed the others
 */
record SeenFiles(List<SeenFile> images, List<Failed> failed) {
  /**
   * An image that cannot be read.
   *
   * @param error why, in words that name it
   */
  record Failed(String place, String error) {}

  /**
   * Reads files.
   *
   * @throws ConvoyException of kind DATA when none can be read, of kind RESOURCE when a store fails
   */
  static SeenFiles read(
      Model model, FileStore files, List<FileStore.Entry> entries, WorkPool pool) {
    List<SeenFile> images = new ArrayList<>();
    List<Failed> failed = new ArrayList<>();
    try (Predictor predictor =
        new Predictor(model, 1, TestTime.NONE, KernelProvider.kernels(), pool)) {
      for (FileStore.Entry entry : entries) {
        String place = entry.path();
        byte[] file = StoredFile.read(files, place, entry.length());
        Prediction prediction = predictor.predict(EncodedImage.of(place, file));
        if (prediction.isKnown()) {
          byte[] seen = SeenImages.of(model, file, place);
          images.add(new SeenFile(images.size() + 1, place, seen, prediction.probabilities()));
        } else {
          failed.add(new Failed(place, prediction.error()));
        }
      }
    }
    if (images.isEmpty()) {
      throw ConvoyException.data(
          "none of the images can be read, so there is nothing to explain: %s%s",
          failed.get(0).error(),
          failed.size() == 1 ? "" : "; and %s more".formatted(failed.size() - 1));
    }
    return new SeenFiles(images, failed);
  }
}
