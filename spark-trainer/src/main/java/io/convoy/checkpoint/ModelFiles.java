package io.convoy.checkpoint;

import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.storage.StoreFolder;
import io.convoy.train.Numerics;
import io.convoy.train.TrainingState;
import java.io.IOException;
import java.util.List;

/**
 * A model in a checkpoint's files, in a folder of its own: nothing to train on, all to label by.
 */
public final class ModelFiles {
  private ModelFiles() {}

  /**
   * Writes a model such that {@link CheckpointStore#loadModel(StoreFolder)} reads it: its manifest
   * comes last.
   *
   * @param folder new or empty
   * @param step of the training that the weights come from
   * @param codeVersion Convoy's version
   * @throws ConvoyException of kind DIVERGED when a weight is NaN or infinite
   * @throws IOException when the file system does not take it; what was written is left behind
   */
  public static void write(StoreFolder folder, Model model, long step, String codeVersion)
      throws IOException {
    CheckpointMetadata metadata =
        new CheckpointMetadata(step, 0, 0, List.of(), 0, Numerics.VERSION, codeVersion);
    TrainingState state = new TrainingState(step, model.weights(), List.of());
    StateTensors.requireFinite(model.network().layout(), List.of(), state);
    Checkpoint checkpoint =
        new Checkpoint(model.network().toJson(), state, metadata, model.preprocessing());
    new CheckpointWriter(folder, model.network().layout(), checkpoint).write(folder.root());
  }
}
