package io.convoy.exchange;

import io.convoy.train.ChunkSums;
import java.util.List;

/**
 * What the owner of chunks does where their new values depend on all chunks: on the norm of the
 * whole gradient, say, or on that of a parameter that is several chunks. Each chunk gives some
 * figures first; when those of all chunks and the figures of all shards are everywhere, a round is
 * over, and what the next one measures may depend on it. After the last round the new values are
 * made. All calls are on the thread that called {@link PeerExchange#stepInRounds}, and the owner
 * may share the chunks of a call out among threads of its own. In this order:
 *
 * <ol>
 *   <li>{@link #measure} for all own chunks, ascending, some at a time;
 *   <li>{@link #combine} once;
 *   <li>in each further round {@link #measureAgain} and {@link #combine} once;
 *   <li>{@link #apply} for all own chunks, ascending, some at a time.
 * </ol>
 */
public interface MeasuringOwner {
  /** At least 1, the same at all ranks. */
  int rounds();

  /** K, the figures of a chunk in a round: at least 1, the same at all ranks, at most 12,288. */
  int figuresPerChunk();

  /**
   * Finishes the tree over the shards for some chunks, keeps what the rest is going to need, and
   * takes the chunks' figures.
   *
   * @param chunks where the sums of all ranks lie; not to be kept after the call
   * @param state the state vector of this rank, still as it was before the step
   * @param figures K for each chunk of the state, 0 at first; those from {@code K * chunk} on are
   *     to be set
   */
  void measure(List<ChunkSums> chunks, float[] state, double[] figures);

  /**
   * Takes the figures of a further round.
   *
   * @param chunks the indices of all own chunks, ascending
   * @param state still as it was before the step
   * @param figures as in {@link #measure}
   */
  void measureAgain(int[] chunks, float[] state, double[] figures);

  /**
   * All figures of a round are there, those of the shards too: the same bits at all ranks. No chunk
   * of the state is altered yet, so an exception leaves it as it was.
   *
   * @param figures K for each chunk of the state, in the order of chunks
   */
  void combine(double[] figures);

  /**
   * Writes the new values of measured chunks to {@code state[chunk.from, chunk.to)}.
   *
   * @param chunks the indices of the chunks
   * @param state the state vector of this rank
   */
  void apply(int[] chunks, float[] state);
}
