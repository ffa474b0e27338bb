package io.convoy.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.json.Json;
import java.util.Optional;
import java.util.stream.IntStream;

/** Classes with many times the images of others, which the loss takes as they come. */
public final class Imbalance implements FaultDetector {
  private static final double MOST_TIMES = 10;

  @Override
  public String name() {
    return "imbalance";
  }

  @Override
  public Optional<String> blind(Evidence evidence) {
    return DataFacts.missing(evidence);
  }

  @Override
  public Optional<FaultFinding> look(Evidence evidence) {
    DataFacts data = evidence.data();
    if (data == null || data.severalLabels() || hasWeights(evidence)) {
      return Optional.empty();
    }
    int[] counts = data.counts();
    int[] used = IntStream.range(0, counts.length).filter(label -> counts[label] > 0).toArray();
    int least = used[0];
    int most = used[0];
    for (int label : used) {
      least = counts[label] < counts[least] ? label : least;
      most = counts[label] > counts[most] ? label : most;
    }
    if (counts[most] < MOST_TIMES * counts[least]) {
      return Optional.empty();
    }
    ObjectNode figures = Json.object();
    ObjectNode classes = figures.putObject("images");
    for (int label : used) {
      classes.put(data.classes().get(label), counts[label]);
    }
    return Optional.of(
        new FaultFinding(
            name(),
            "\"%s\" has %s training images, \"%s\" has %s"
                .formatted(
                    data.classes().get(most),
                    Figures.count(counts[most]),
                    data.classes().get(least),
                    Figures.count(counts[least])),
            "a network is right most often if it forgets the rare classes; accuracy hides that",
            "loss.classWeights: balanced, more images of the rare classes; and judge by"
                + " the figures of each class (convoy evaluate)",
            figures));
  }

  /** Whether the loss already weighs classes. */
  private static boolean hasWeights(Evidence evidence) {
    JsonNode loss = Json.tree(evidence.recipe().loss());
    return loss.has("classWeights") || loss.has("positiveWeights");
  }
}
