package io.convoy.shard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which rank owns which chunks of a state. Chunk c belongs to rank c mod N, so that whichever layer
 * is exchanged, all ranks share its work. Chunks that must lie at one rank belong to the one that
 * has the least such work so far, the largest work first. No bit depends on who owns what.
 */
public final class ChunkOwners {
  /**
   * Neighbouring chunks that belong to one rank.
   *
   * @param first the first chunk
   * @param end behind the last
   * @param work what they take of their owner's time, in any unit
   */
  public record Whole(int first, int end, long work) {}

  private final int chunks;
  private final int[][] ofRanks;

  private ChunkOwners(int[] owners, int ranks) {
    chunks = owners.length;
    ofRanks = new int[ranks][];
    int[] counts = new int[ranks];
    for (int owner : owners) {
      counts[owner]++;
    }
    Arrays.setAll(ofRanks, rank -> new int[counts[rank]]);
    for (int c = chunks - 1; c >= 0; c--) {
      ofRanks[owners[c]][--counts[owners[c]]] = c;
    }
  }

  /**
   * Each chunk by itself.
   *
   * @param chunks how many there are
   * @param ranks N, at least 1
   */
  public static ChunkOwners inTurn(int chunks, int ranks) {
    return of(chunks, List.of(), ranks);
  }

  /**
   * Some chunks together.
   *
   * @param chunks how many there are
   * @param wholes apart from each other
   * @param ranks N, at least 1
   */
  public static ChunkOwners of(int chunks, List<Whole> wholes, int ranks) {
    int[] owners = new int[chunks];
    Arrays.setAll(owners, c -> c % ranks);
    List<Whole> ordered = new ArrayList<>(wholes);
    ordered.sort(Comparator.comparingLong(Whole::work).reversed().thenComparingInt(Whole::first));
    long[] work = new long[ranks];
    for (Whole whole : ordered) {
      int least = 0;
      for (int rank = 1; rank < ranks; rank++) {
        least = work[rank] < work[least] ? rank : least;
      }
      work[least] += whole.work();
      Arrays.fill(owners, whole.first(), whole.end(), least);
    }
    return new ChunkOwners(owners, ranks);
  }

  /** N, the number of ranks. */
  public int ranks() {
    return ofRanks.length;
  }

  /** The number of all chunks. */
  public int chunks() {
    return chunks;
  }

  /** How many chunks a rank owns. */
  public int count(int rank) {
    return ofRanks[rank].length;
  }

  /** Chunk {@code i} of a rank, in ascending order from 0. */
  public int chunk(int rank, int i) {
    return ofRanks[rank][i];
  }
}
