package io.convoy.benchmarks.images;

import io.convoy.benchmarks.networks.Step;
import io.convoy.benchmarks.networks.StepServer;
import io.convoy.data.image.DecodeScale;
import java.io.IOException;
import java.nio.file.Path;

/** A contender in a process of its own, for another JDK than that of the driver. */
final class ImageServer {
  static final String CONVOY = "Convoy";
  static final String IMAGE_IO = "ImageIO";

  private ImageServer() {}

  /**
   * Serves a contender.
   *
   * @param args its name, a task, a folder
   */
  public static void main(String[] args) throws IOException {
    StepServer.serve(
        () -> contender(args[0], ImageSet.of(Path.of(args[2])), Task.valueOf(args[1])));
  }

  static Step contender(String name, ImageSet set, Task task) {
    return name.equals(CONVOY) ? convoy(set, task) : new ImageIoImages(set, task);
  }

  private static Step convoy(ImageSet set, Task task) {
    return switch (task) {
      case DECODE -> ConvoyImages.decoding(set);
      case CROP -> ConvoyImages.cropping(set);
      case BATCH -> new ConvoyBatches(set, DecodeScale.FULL);
      case BATCH_AT_FIT -> new ConvoyBatches(set, DecodeScale.FIT);
    };
  }
}
