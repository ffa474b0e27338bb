package io.convoy.exchange;

/**
 * What one step of a {@link PeerExchange} works on.
 *
 * @param step the number of the step
 * @param plan who computes which shards
 * @param vectors one sum for each of this rank's sub-trees
 * @param figures {@code figuresPerShard} figures for each shard, those of this rank filled
 * @param figuresPerShard K, at least 0
 * @param chunkFigures as many figures for each chunk as a first phase takes; none where one phase
 *     is enough
 * @param figuresPerChunk how many that are, 0 for none
 * @param state the state vector of this rank
 */
record StepData(
    long step,
    StepPlan plan,
    float[][] vectors,
    double[] figures,
    int figuresPerShard,
    double[] chunkFigures,
    int figuresPerChunk,
    float[] state) {}
