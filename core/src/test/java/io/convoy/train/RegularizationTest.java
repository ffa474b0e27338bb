package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.convoy.error.ConvoyException;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.optimizer.AdamW;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RegularizationOptions;
import io.convoy.recipe.SwaOptions;
import io.convoy.schedule.Constant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Penalties and limits by hand, and the rules of their keys; the rate that a batch size scales. */
class RegularizationTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Recipe SGD = Trainings.standard(new Sgd(0.9f, false, 0f, false));

  @Test
  void penaltiesByHand() {
    float[] weights = {2, -4, 0, -0f};
    float[] gradient = {1, 1, 1, 1};
    new RegularizationOptions(0.5f, 0.25f, 0, null, false).addTo(gradient, weights, 3);
    assertArrayEquals(new float[] {1 + 0.5f + 0.5f, 1 - 0.5f - 1, 1, 1}, gradient);
  }

  @Test
  void decoupledDecayByHand() {
    float[] weights = {2, -4, 8};
    new RegularizationOptions(0, 0, 0.5f, null, false).decay(0.5f, weights, 2);
    assertArrayEquals(new float[] {1.5f, -3, 8}, weights);
  }

  /** Two filters of one weight matrix: (3, 4) is too long, (0.6, 0.8) is not. */
  @Test
  void maxNormByHand() {
    Network network = Network.input(2).then("logits", Linear.of(2)).build();
    FilterNorms norms = new FilterNorms(network.layout(), 2.5f);
    float[] weights = {3, 4, 0.6f, 0.8f};
    norms.limit(0, weights);
    assertArrayEquals(new float[] {1.5f, 2, 0.6f, 0.8f}, weights);
  }

  /** Sgd's own decay is the penalty of l2. */
  @Test
  void l2IsTheWeightDecayOfSgd() {
    Recipe decay = SGD.toBuilder().optimizer(new Sgd(0.9f, false, 0.01f, false)).build();
    Recipe penalty =
        SGD.toBuilder().regularization(new RegularizationOptions(0, 0.01f, 0, null, false)).build();
    assertEquals(
        Trainings.train(decay, 1).arraysSha256(), Trainings.train(penalty, 2).arraysSha256());
  }

  /** AdamW's own decay is the decoupled one. */
  @Test
  void decoupledDecayIsTheWeightDecayOfAdamW() {
    Recipe decay = SGD.toBuilder().optimizer(new AdamW(0.9f, 0.99f, 1e-8f, 0.1f, false)).build();
    Recipe decoupled =
        SGD.toBuilder()
            .optimizer(new AdamW(0.9f, 0.99f, 1e-8f, 0, false))
            .regularization(new RegularizationOptions(0, 0, 0.1f, null, false))
            .build();
    assertEquals(
        Trainings.train(decay, 1).arraysSha256(), Trainings.train(decoupled, 1).arraysSha256());
  }

  @Test
  void whatIsNothingChangesNothing() {
    Recipe nothing =
        SGD.toBuilder().regularization(new RegularizationOptions(0, 0, 0, 1e6f, true)).build();
    assertEquals(
        Trainings.train(SGD, 1).arraysSha256(), Trainings.train(nothing, 1).arraysSha256());
  }

  @Test
  void theKeysOfARecipe() throws Exception {
    assertEquals(new RegularizationOptions(0, 0, 0, null, false), read("{}"));
    assertEquals(
        new RegularizationOptions(0.5f, 0.25f, 0, 3f, true),
        read("{\"l1\": 0.5, \"l2\": 0.25, \"maxNorm\": 3, \"normAndBias\": true}"));
    Recipe recipe =
        SGD.toBuilder()
            .regularization(new RegularizationOptions(0.5f, 0, 0.125f, 2f, false))
            .rateForBatch(256)
            .build();
    Recipe again = JSON.readValue(JSON.writeValueAsString(recipe), Recipe.class);
    assertEquals(recipe.regularization(), again.regularization());
    assertEquals(recipe.rateForBatch(), again.rateForBatch());
  }

  private static RegularizationOptions read(String json) throws Exception {
    return JSON.readValue(json, RegularizationOptions.class);
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    check(
        "regularization.l1 must be at least 0; got -1.0",
        () -> new RegularizationOptions(-1, 0, 0, null, false));
    check(
        "regularization.l2 must be at least 0; got NaN",
        () -> new RegularizationOptions(0, Float.NaN, 0, null, false));
    check(
        "regularization.decoupledDecay must be at least 0; got Infinity",
        () -> new RegularizationOptions(0, 0, Float.POSITIVE_INFINITY, null, false));
    check(
        "regularization.maxNorm must be above 0; got 0.0",
        () -> new RegularizationOptions(0, 0, 0, 0f, false));
    check("rateForBatch must be at least 1; got 0", () -> SGD.toBuilder().rateForBatch(0).build());
  }

  @Test
  void weightsDecayByOneKey() {
    Recipe decaying = SGD.toBuilder().optimizer(new Sgd(0.9f, false, 0.5f, false)).build();
    check(
        "weights decay by one key alone; optimizer.weightDecay is 0.5, regularization.l2 0.25,"
            + " regularization.decoupledDecay 0.0: set optimizer.weightDecay to 0, or leave the"
            + " others out",
        () ->
            decaying.toBuilder()
                .regularization(new RegularizationOptions(0, 0.25f, 0, null, false))
                .build());
    check(
        "weights decay by one key alone; regularization.l2 is 0.25, regularization.decoupledDecay"
            + " 0.5: leave one of them out",
        () ->
            SGD.toBuilder()
                .regularization(new RegularizationOptions(0, 0.25f, 0.5f, null, false))
                .build());
    decaying.toBuilder()
        .regularization(new RegularizationOptions(0.5f, 0, 0, 3f, false)) // an elastic net
        .build();
  }

  private static void check(String message, Executable make) {
    assertEquals(message, assertThrows(ConvoyException.class, make).getMessage());
  }

  /** A batch of 13 where the rate is given for 52: a quarter of it, in warm-up too. */
  @Test
  void theRateGrowsWithTheBatch() {
    Recipe plain =
        SGD.toBuilder().schedule(new Constant(0.5, 1)).swa(new SwaOptions(0.5, 1, 0.25)).build();
    Recipe scaled = plain.toBuilder().rateForBatch(52).build();
    assertEquals(0.5f, plain.rate(4, 4, 1));
    for (long step : new long[] {0, 3, 4, 7, 11}) {
      assertEquals(plain.rate(step, 4, 1) / 4, scaled.rate(step, 4, 1));
    }
    assertEquals(0.0625f, scaled.rate(11, 4, 1), "that of the average, too");
    assertEquals(0.25f, plain.toBuilder().rateForBatch(26).build().rate(4, 4, 1));
  }
}
