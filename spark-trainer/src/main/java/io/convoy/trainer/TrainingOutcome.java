package io.convoy.trainer;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a training came to: {@code RUN/result.json}.
 *
 * @param steps steps done
 * @param epochs whole epochs done
 * @param trainLoss the mean loss over the samples of the last epoch that was trained on (as far as
 *     this process saw it)
 * @param testAccuracy on the test set, in [0, 1], of the averaged weights where the recipe has
 *     {@code ema} or {@code swa}; absent without a test set
 * @param testLoss the mean loss on the test set, of the same weights
 * @param weightsSha256 of the last checkpoint's weights, those that were trained; never of averaged
 *     ones
 * @param imagesPerSecond of this process, over its training time
 * @param seconds of training and evaluation in this process
 * @param dataWaitShare what part of the steps' seconds they waited for data, in [0, 1], over the
 *     steps of this process: the sum of {@code dataWaitSeconds} by that of {@code seconds} in the
 *     metrics; absent without a step
 * @param executors tasks that trained in step
 * @param threads kernel threads of each
 * @param shards of the recipe
 * @param kernels "simd" or "scalar"
 * @param lanes of the kernels
 * @param numericsVersion of the code
 * @param bestStep step of the best checkpoint by validation; absent without one
 * @param bestValidationAccuracy of that checkpoint
 * @param bestValidationLoss of that checkpoint
 * @param stoppedEarly whether validation ended the training before its last step; absent where the
 *     recipe has no {@code earlyStopping}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingOutcome(
    long steps,
    long epochs,
    Double trainLoss,
    Double testAccuracy,
    Double testLoss,
    String weightsSha256,
    double imagesPerSecond,
    double seconds,
    Double dataWaitShare,
    int executors,
    int threads,
    int shards,
    String kernels,
    int lanes,
    int numericsVersion,
    Long bestStep,
    Double bestValidationAccuracy,
    Double bestValidationLoss,
    Boolean stoppedEarly) {}
