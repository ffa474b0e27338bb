package io.convoy.exchange;

/**
 * What one call of {@link PeerExchange#step} works on.
 *
 * @param step the number of the step
 * @param plan who computes which shards
 * @param vectors one sum for each of this rank's sub-trees
 * @param figures {@code figuresPerShard} figures for each shard, those of this rank filled
 * @param figuresPerShard K, at least 0
 * @param state the state vector of this rank
 */
record StepData(
    long step,
    StepPlan plan,
    float[][] vectors,
    double[] figures,
    int figuresPerShard,
    float[] state) {}
