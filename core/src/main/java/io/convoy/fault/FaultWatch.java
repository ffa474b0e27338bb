package io.convoy.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.recipe.Recipe;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks at a training while it runs, without its images, and tells each fault once. Not for several
 * threads at once.
 */
public final class FaultWatch {
  /** Steps between two looks. */
  private static final int INTERVAL = 10;

  private final Evidence evidence;
  private final Consumer<FaultFinding> listener;
  private final Set<String> told = new HashSet<>();
  private long steps;

  /**
   * Begins to look.
   *
   * @param recipe of the training, its standardization as it was measured
   * @param listener told of each fault
   */
  public FaultWatch(Recipe recipe, Consumer<FaultFinding> listener) {
    evidence = new Evidence(recipe);
    this.listener = listener;
  }

  /** Takes a line that the run wrote down before this training went on with it. */
  public void remember(JsonNode line) {
    evidence.add(line);
  }

  /** Takes a line of the metrics, as soon as it is known. */
  public void add(JsonNode line) {
    evidence.add(line);
    boolean step = line.has("loss");
    steps += step ? 1 : 0;
    if (step ? steps % INTERVAL == 1 : line.has("health") || line.has("validationLoss")) {
      look();
    }
  }

  /** Takes how the training has ended: as {@code result.json} is to say it. */
  public void end(JsonNode result) {
    evidence.addResult(result);
    look();
  }

  private void look() {
    for (FaultDetector detector : FaultDetectors.WITHOUT_DATA) {
      if (!told.contains(detector.name())) {
        detector.look(evidence).ifPresent(this::tell);
      }
    }
  }

  private void tell(FaultFinding finding) {
    told.add(finding.fault());
    listener.accept(finding);
  }
}
