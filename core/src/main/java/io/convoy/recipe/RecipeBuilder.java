package io.convoy.recipe;

import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.augment.Standardization;
import io.convoy.loss.Loss;
import io.convoy.loss.SoftmaxCrossEntropy;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.optimizer.Optimizer;
import io.convoy.schedule.Schedule;

/**
 * A {@link Recipe} in the making, for code that builds or varies recipes: a method for each of its
 * components, and their defaults where they have some. Nothing is checked before {@link #build}.
 *
 * <pre>{@code
 * Recipe shorter = recipe.toBuilder().epochs(3).maxSteps(100).build();
 * }</pre>
 */
public final class RecipeBuilder {
  private String name = "";
  private long seed = Recipe.DEFAULT_SEED;
  private Network network;
  private Loss loss = SoftmaxCrossEntropy.PLAIN;
  private DataOptions data;
  private ValidationOptions validation;
  private Standardization standardization = StandardScore.MEASURED;
  private Augmentation augmentation = Augmentation.NONE;
  private int batchSize;
  private int shards = Recipe.DEFAULT_SHARDS;
  private ConvolutionAlgorithm conv = ConvolutionAlgorithm.AUTO;
  private int epochs;
  private long maxSteps;
  private FineTuning fineTuning;
  private Optimizer optimizer;
  private Schedule schedule;
  private Integer rateForBatch;
  private ClipOptions clip;
  private RegularizationOptions regularization;
  private EmaOptions ema;
  private SwaOptions swa;
  private CheckpointOptions checkpoint = CheckpointOptions.STANDARD;
  private EarlyStoppingOptions earlyStopping;
  private Sync sync = Sync.PEERS;

  /** Without network, data, batch size, epochs, optimizer and schedule, which have no default. */
  public RecipeBuilder() {}

  RecipeBuilder(Recipe recipe) {
    name = recipe.name();
    seed = recipe.seed();
    network = recipe.network();
    loss = recipe.loss();
    data = recipe.data();
    validation = recipe.validation();
    standardization = recipe.standardization();
    augmentation = recipe.augmentation();
    batchSize = recipe.batchSize();
    shards = recipe.shards();
    conv = recipe.conv();
    epochs = recipe.epochs();
    maxSteps = recipe.maxSteps();
    fineTuning = recipe.fineTuning();
    optimizer = recipe.optimizer();
    schedule = recipe.schedule();
    rateForBatch = recipe.rateForBatch();
    clip = recipe.clip();
    regularization = recipe.regularization();
    ema = recipe.ema();
    swa = recipe.swa();
    checkpoint = recipe.checkpoint();
    earlyStopping = recipe.earlyStopping();
    sync = recipe.sync();
  }

  /** Sets {@link Recipe#name}. */
  public RecipeBuilder name(String name) {
    this.name = name;
    return this;
  }

  /** Sets {@link Recipe#seed}. */
  public RecipeBuilder seed(long seed) {
    this.seed = seed;
    return this;
  }

  /** Sets {@link Recipe#network}. */
  public RecipeBuilder network(Network network) {
    this.network = network;
    return this;
  }

  /** Sets {@link Recipe#loss}. */
  public RecipeBuilder loss(Loss loss) {
    this.loss = loss;
    return this;
  }

  /** Sets {@link Recipe#data}. */
  public RecipeBuilder data(DataOptions data) {
    this.data = data;
    return this;
  }

  /** Sets {@link Recipe#validation}. */
  public RecipeBuilder validation(ValidationOptions validation) {
    this.validation = validation;
    return this;
  }

  /** Sets {@link Recipe#standardization}. */
  public RecipeBuilder standardization(Standardization standardization) {
    this.standardization = standardization;
    return this;
  }

  /** Sets {@link Recipe#augmentation}. */
  public RecipeBuilder augmentation(Augmentation augmentation) {
    this.augmentation = augmentation;
    return this;
  }

  /** Sets {@link Recipe#batchSize}. */
  public RecipeBuilder batchSize(int batchSize) {
    this.batchSize = batchSize;
    return this;
  }

  /** Sets {@link Recipe#shards}. */
  public RecipeBuilder shards(int shards) {
    this.shards = shards;
    return this;
  }

  /** Sets {@link Recipe#conv}. */
  public RecipeBuilder conv(ConvolutionAlgorithm conv) {
    this.conv = conv;
    return this;
  }

  /** Sets {@link Recipe#epochs}. */
  public RecipeBuilder epochs(int epochs) {
    this.epochs = epochs;
    return this;
  }

  /** Sets {@link Recipe#maxSteps}. */
  public RecipeBuilder maxSteps(long maxSteps) {
    this.maxSteps = maxSteps;
    return this;
  }

  /** Sets {@link Recipe#fineTuning}. */
  public RecipeBuilder fineTuning(FineTuning fineTuning) {
    this.fineTuning = fineTuning;
    return this;
  }

  /** Sets {@link Recipe#optimizer}. */
  public RecipeBuilder optimizer(Optimizer optimizer) {
    this.optimizer = optimizer;
    return this;
  }

  /** Sets {@link Recipe#schedule}. */
  public RecipeBuilder schedule(Schedule schedule) {
    this.schedule = schedule;
    return this;
  }

  /** Sets {@link Recipe#rateForBatch}. */
  public RecipeBuilder rateForBatch(Integer rateForBatch) {
    this.rateForBatch = rateForBatch;
    return this;
  }

  /** Sets {@link Recipe#clip}. */
  public RecipeBuilder clip(ClipOptions clip) {
    this.clip = clip;
    return this;
  }

  /** Sets {@link Recipe#regularization}. */
  public RecipeBuilder regularization(RegularizationOptions regularization) {
    this.regularization = regularization;
    return this;
  }

  /** Sets {@link Recipe#ema}. */
  public RecipeBuilder ema(EmaOptions ema) {
    this.ema = ema;
    return this;
  }

  /** Sets {@link Recipe#swa}. */
  public RecipeBuilder swa(SwaOptions swa) {
    this.swa = swa;
    return this;
  }

  /** Sets {@link Recipe#checkpoint}. */
  public RecipeBuilder checkpoint(CheckpointOptions checkpoint) {
    this.checkpoint = checkpoint;
    return this;
  }

  /** Sets {@link Recipe#earlyStopping}. */
  public RecipeBuilder earlyStopping(EarlyStoppingOptions earlyStopping) {
    this.earlyStopping = earlyStopping;
    return this;
  }

  /** Sets {@link Recipe#sync}. */
  public RecipeBuilder sync(Sync sync) {
    this.sync = sync;
    return this;
  }

  /**
   * The recipe.
   *
   * @throws io.convoy.error.ConvoyException when it lacks something or a value is out of its range
   */
  public Recipe build() {
    return new Recipe(
        name,
        seed,
        network,
        loss,
        data,
        validation,
        standardization,
        augmentation,
        batchSize,
        shards,
        conv,
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
        checkpoint,
        earlyStopping,
        sync);
  }
}
