package io.convoy.worker;

import io.convoy.json.Json;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.profile.StepProfile;
import io.convoy.recipe.Recipe;
import java.util.Collections;
import java.util.Iterator;

/** A training step timed layer by layer on an executor, by one task: {@link StepProfile}. */
public final class LayersTask implements Tasks.Body {
  private static final long serialVersionUID = 1L;

  private final Assignment assignment;
  private final int most;
  private final int batch;

  /**
   * @param most samples that an executor computes together, at the most
   * @param batch samples of a batch
   */
  public LayersTask(Assignment assignment, int most, int batch) {
    this.assignment = assignment;
    this.most = most;
    this.batch = batch;
  }

  @Override
  public Iterator<Object> run(int partition) {
    Recipe recipe = assignment.readRecipe();
    try (WorkPool pool = new WorkPool(assignment.threads())) {
      StepProfile profile =
          StepProfile.of(
              recipe.network(), recipe.conv(), most, batch, KernelProvider.kernels(), pool);
      return Collections.<Object>singletonList(Json.bytes(profile)).iterator();
    }
  }
}
