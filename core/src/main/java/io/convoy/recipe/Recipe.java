package io.convoy.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.ImageStatistics;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.augment.Standardization;
import io.convoy.data.transform.Transform;
import io.convoy.error.ConvoyException;
import io.convoy.loss.Loss;
import io.convoy.loss.LossTerm;
import io.convoy.loss.SoftmaxCrossEntropy;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.optimizer.Optimizer;
import io.convoy.schedule.Schedule;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that decides a training's result, and the little more that it needs. An immutable value; its
 * components are the keys of a recipe file.
 *
 * @param name for people
 * @param seed of initialisation, order, augmentation and dropout; 1 by default
 * @param network what is trained; its first output is one logit a class, and so are auxiliary ones
 * @param loss what training makes small, of each output; the plain softmax cross-entropy by default
 * @param data where the images are
 * @param validation the part of the training set that is held back and evaluated at each
 *     checkpoint; null, the default, for none
 * @param standardization how bytes become the network's numbers; by default the standard score of
 *     each channel, measured on what is trained on
 * @param augmentation what is done at random to training images; by default nothing
 * @param batchSize samples of a global mini-batch, at least 1
 * @param shards pieces that a mini-batch is cut into, at least 1; 8 by default. The number of
 *     executors can be anything up to it
 * @param conv how convolutions are computed; {@code auto} by default
 * @param epochs passes over the training set, at least 1: the schedule's length
 * @param maxSteps ends the run after so many steps; 0, the default, for all epochs. Never alters
 *     the schedule
 * @param fineTuning the weights of others that it starts from, what stays as it is, and rates of
 *     their own; null, the default, for none of it
 * @param optimizer the update rule
 * @param schedule the learning rate
 * @param rateForBatch the batch size that learning rates are given for, at least 1: they are
 *     multiplied by {@code batchSize / rateForBatch} (Goyal et al. 2017, "linear scaling rule");
 *     null, the default, leaves them as they are
 * @param clip limits to the gradient; null, the default, for none
 * @param regularization penalties of the weights and limits to them; null, the default, for none
 *     beside the optimizer's weight decay
 * @param ema the moving average of the weights that is kept and evaluated; null, the default, for
 *     none
 * @param swa the average of the weights over the end of the training, likewise; null, the default,
 *     for none. A recipe has one average at the most
 * @param checkpoint when the state is saved
 * @param earlyStopping when validation ends the run before all epochs are done; null, the default,
 *     for never
 * @param sync how gradients come together; {@code peers} by default
 */
public record Recipe(
    String name,
    long seed,
    Network network,
    Loss loss,
    DataOptions data,
    ValidationOptions validation,
    Standardization standardization,
    Augmentation augmentation,
    int batchSize,
    int shards,
    ConvolutionAlgorithm conv,
    int epochs,
    long maxSteps,
    FineTuning fineTuning,
    Optimizer optimizer,
    Schedule schedule,
    Integer rateForBatch,
    ClipOptions clip,
    RegularizationOptions regularization,
    EmaOptions ema,
    SwaOptions swa,
    CheckpointOptions checkpoint,
    EarlyStoppingOptions earlyStopping,
    Sync sync) {

  static final long DEFAULT_SEED = 1;
  static final int DEFAULT_SHARDS = 8;

  public Recipe {
    RecipeRules.require(network, "network");
    RecipeRules.require(loss, "loss");
    RecipeRules.require(data, "data");
    RecipeRules.require(optimizer, "optimizer");
    RecipeRules.require(schedule, "schedule");
    standardization = standardization == null ? StandardScore.MEASURED : standardization;
    RecipeRules.requireLogits(network);
    loss.requireFits(network.outputShape());
    if (data.labelDelimiter() != null) {
      loss.requireSeveralLabels("by data.labelDelimiter");
    }
    if (data.bringsImagesToASize() || augmentation.takesImagesOfAnySize()) {
      data = data.size() == null ? data.broughtTo(network.inputShape()) : data;
    }
    RecipeRules.requireSize(data.size(), network.inputShape());
    ImageStatistics.requireRoom(standardization.parts(), network.inputShape());
    augmentation.requireFits(data.resizing());
    Transform.requireFit(augmentation.steps(), network.inputShape(), "augmentation.steps");
    RecipeRules.atLeastOne(batchSize, "batchSize");
    RecipeRules.requireShards(shards);
    RecipeRules.atLeastOne(epochs, "epochs");
    if (maxSteps < 0) {
      throw ConvoyException.usage("maxSteps must be at least 0; got %d", maxSteps);
    }
    if (fineTuning != null) {
      fineTuning.requireFits(network);
    }
    if (rateForBatch != null) {
      RecipeRules.atLeastOne(rateForBatch, "rateForBatch");
    }
    if (regularization != null) {
      regularization.requireFits(optimizer);
    }
    RecipeRules.requireOneAverage(ema, swa);
    RecipeRules.requireSnapshots(swa, schedule, epochs);
    if (validation == null) {
      RecipeRules.requireNoUseOfValidation(checkpoint, earlyStopping, schedule);
    }
  }

  @JsonCreator
  static Recipe of(
      @JsonProperty("name") String name,
      @JsonProperty("seed") Long seed,
      @JsonProperty("network") Network network,
      @JsonProperty("loss") Loss loss,
      @JsonProperty("data") DataOptions data,
      @JsonProperty("validation") ValidationOptions validation,
      @JsonProperty("standardization") Standardization standardization,
      @JsonProperty("augmentation") Augmentation augmentation,
      @JsonProperty(value = "batchSize", required = true) int batchSize,
      @JsonProperty("shards") Integer shards,
      @JsonProperty("conv") ConvolutionAlgorithm conv,
      @JsonProperty(value = "epochs", required = true) int epochs,
      @JsonProperty("maxSteps") long maxSteps,
      @JsonProperty("fineTuning") FineTuning fineTuning,
      @JsonProperty("optimizer") Optimizer optimizer,
      @JsonProperty("schedule") Schedule schedule,
      @JsonProperty("rateForBatch") Integer rateForBatch,
      @JsonProperty("clip") ClipOptions clip,
      @JsonProperty("regularization") RegularizationOptions regularization,
      @JsonProperty("ema") EmaOptions ema,
      @JsonProperty("swa") SwaOptions swa,
      @JsonProperty("checkpoint") CheckpointOptions checkpoint,
      @JsonProperty("earlyStopping") EarlyStoppingOptions earlyStopping,
      @JsonProperty("sync") Sync sync) {
    return new Recipe(
        name == null ? "" : name,
        seed == null ? DEFAULT_SEED : seed,
        network,
        loss == null ? SoftmaxCrossEntropy.PLAIN : loss,
        data,
        validation,
        standardization,
        augmentation == null ? Augmentation.NONE : augmentation,
        batchSize,
        shards == null ? DEFAULT_SHARDS : shards,
        conv == null ? ConvolutionAlgorithm.AUTO : conv,
        epochs,
        maxSteps,
        fineTuning,
        optimizer,
        schedule,
        rateForBatch,
        clip,
        regularization,
        ema,
        swa,
        checkpoint == null ? CheckpointOptions.STANDARD : checkpoint,
        earlyStopping,
        sync == null ? Sync.PEERS : sync);
  }

  /** To make a recipe like this one but for what is changed in the builder. */
  public RecipeBuilder toBuilder() {
    return new RecipeBuilder(this);
  }

  /** The same recipe, ended after so many steps; 0 for all epochs. */
  public Recipe withMaxSteps(long steps) {
    return toBuilder().maxSteps(steps).build();
  }

  /** The same recipe with measured statistics. */
  public Recipe withStandardization(Standardization measured) {
    return toBuilder().standardization(measured).build();
  }

  /**
   * The losses that training makes small, each of one output, all of the same targets: that of the
   * network's first output, and by their weights those of the auxiliary ones. Figures are those
   * that the first one reports.
   */
  public List<LossTerm> lossTerms() {
    List<LossTerm> terms = new ArrayList<>();
    terms.add(new LossTerm(network.outputs().get(0).name(), loss, 1));
    network.auxiliary().forEach(o -> terms.add(new LossTerm(o.node().name(), loss, o.weight())));
    return terms;
  }

  /** The same recipe for the network without its auxiliary outputs, of the same layout. */
  public Recipe withoutAuxiliary() {
    return network.auxiliary().isEmpty()
        ? this
        : toBuilder().network(network.withoutAuxiliary()).build();
  }

  /** Arrays of a training state: weights, the optimizer's slots, averaged weights. */
  public int stateArrays() {
    return 1 + optimizer.slots().size() + (average() == null ? 0 : 1);
  }

  /** The average of the weights that is kept: {@code ema} or {@code swa}; null for none. */
  public WeightAverage average() {
    return ema == null ? swa : ema;
  }

  /**
   * The learning rate of an update: the schedule's, or {@code swa}'s own where that has begun,
   * scaled to the batch size where it was given for another.
   *
   * @param step from 0
   * @param stepsPerEpoch steps of one epoch
   * @param validated what validation has left of the schedule's
   */
  public float rate(long step, long stepsPerEpoch, double validated) {
    boolean own =
        swa != null && swa.rate() != null && step >= swa.startStep(stepsPerEpoch * epochs);
    float rate =
        own ? swa.rate().floatValue() : schedule.at(step, stepsPerEpoch, epochs, validated);
    return rateForBatch == null ? rate : (float) ((double) rate * batchSize / rateForBatch);
  }

  /**
   * The recipe for files of images: itself where all of these have the network's input size, or it
   * says to which size they are brought; else one that brings them to the network's input.
   *
   * @param common the size of all images; empty where each has its own
   */
  public Recipe forImagesOf(Optional<Shape> common) {
    Shape input = network.inputShape();
    boolean fits =
        common
            .filter(size -> size.height() == input.height() && size.width() == input.width())
            .isPresent();
    return fits || data.size() != null || !data.format().decodes()
        ? this
        : toBuilder().data(data.broughtTo(input)).build();
  }

  /**
   * Checks that a data set can be trained on.
   *
   * @throws ConvoyException of kind USAGE when the network's input or output does not fit
   */
  public void requireFits(SampleSource data) {
    new DataRules(this, data).requireTrains();
  }

  /**
   * Checks that the network can be tested on a data set, which may lack the last of numbered
   * classes.
   *
   * @throws ConvoyException of kind USAGE when the network's input or output does not fit
   */
  public void requireTests(SampleSource data) {
    new DataRules(this, data).requireTests();
  }
}
