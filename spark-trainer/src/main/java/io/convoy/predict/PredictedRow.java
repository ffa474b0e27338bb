package io.convoy.predict;

import io.convoy.inference.ClassProbability;
import io.convoy.inference.Prediction;
import io.convoy.inference.Softmax;
import java.util.List;

/**
 * What comes out for an image.
 *
 * @param path as the source has it; null where it has none
 * @param label the likeliest class; null where there is an error, as all that follows but that
 * @param probability of it, in [0, 1]
 * @param top the likeliest classes, the likeliest first
 * @param logits of all classes; null where nobody wants them
 * @param probabilities likewise
 * @param embedding likewise
 * @param labels of an image that may have several, the likeliest first; perhaps none
 * @param error why there is no label; null where there is one
 */
public record PredictedRow(
    String path,
    String label,
    Double probability,
    List<ClassProbability> top,
    float[] logits,
    double[] probabilities,
    float[] embedding,
    List<String> labels,
    String error) {

  public static final String PATH = "path";
  public static final String LABEL = "label";
  public static final String PROBABILITY = "probability";
  public static final String TOP = "top";
  public static final String LOGITS = "logits";
  public static final String PROBABILITIES = "probabilities";
  public static final String EMBEDDING = "embedding";
  public static final String LABELS = "labels";
  public static final String ERROR = "error";

  /** Of a prediction, with what the options ask for. */
  public static PredictedRow of(
      Prediction prediction, List<String> classes, PredictOptions options) {
    if (!prediction.isKnown()) {
      return failed(prediction.name(), prediction.error());
    }
    double[] probabilities = prediction.probabilities();
    float[] logits = prediction.logits();
    if (Double.isNaN(probabilities[0])) {
      return failed(prediction.name(), unusable(logits, classes));
    }
    List<ClassProbability> top = ClassProbability.top(probabilities, classes, options.top());
    int likeliest = logits == null ? Softmax.likeliest(probabilities) : Softmax.likeliest(logits);
    return new PredictedRow(
        prediction.name(),
        classes.get(likeliest),
        probabilities[likeliest],
        top,
        options.logits() ? logits : null,
        options.probabilities() ? probabilities : null,
        prediction.embedding(),
        options.labels() ? ClassProbability.labels(probabilities, classes) : null,
        null);
  }

  private static String unusable(float[] logits, List<String> classes) {
    for (int label = 0; logits != null && label < logits.length; label++) {
      if (!Float.isFinite(logits[label])) {
        return "the network's output for the class %s is %s, no number: look at the model"
            .formatted(classes.get(label), logits[label]);
      }
    }
    return "an output of one of the networks is no number: look at each of the models";
  }

  private static PredictedRow failed(String path, String error) {
    return new PredictedRow(path, null, null, null, null, null, null, null, error);
  }
}
