package io.convoy.benchmarks.predict;

import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.data.image.DecodeScale;
import io.convoy.inference.Model;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.recipe.Preprocessing;
import io.convoy.tensor.Shape;
import java.util.List;

/** A problem's network as a model that labels images. */
public final class ProblemModel {
  /** What the shorter side of a photograph is resized to, of an input of 224. */
  private static final double RESIZED = 256 / 224.0;

  private ProblemModel() {}

  /** How images are brought to the network; small ones have its size. */
  static Preprocessing preprocessing(NetworkProblem problem) {
    Shape input = problem.network().inputShape();
    boolean photographs = input.height() > 32;
    int shorter = (int) Math.round(RESIZED * input.height());
    return new Preprocessing(
        input.height(),
        input.width(),
        input.channels(),
        photographs ? new Preprocessing.Resize(shorter, "bilinear", DecodeScale.FIT) : null,
        null,
        problem.standardization(),
        List.of());
  }

  /** The model, with the weights that all libraries get. */
  public static Model of(NetworkProblem problem) {
    return new Model(
        problem.name(),
        problem.network(),
        problem.initialState(),
        preprocessing(problem),
        ConvolutionAlgorithm.AUTO);
  }
}
