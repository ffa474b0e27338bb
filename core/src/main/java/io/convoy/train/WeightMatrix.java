package io.convoy.train;

import io.convoy.network.Heads;
import io.convoy.network.Network;
import io.convoy.network.StateLayout;
import io.convoy.network.StateLayout.Chunk;
import io.convoy.network.StateLayout.Entry;
import io.convoy.optimizer.Muon;
import io.convoy.recipe.Recipe;
import io.convoy.shard.ChunkOwners;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The weights of a hidden layer as a matrix, with a row for each output, where the optimizer takes
 * them so. One owner has all its chunks.
 *
 * @param firstChunk the first chunk
 * @param endChunk behind the last
 * @param rows outputs
 * @param columns weights of an output
 */
record WeightMatrix(int firstChunk, int endChunk, int rows, int columns) {
  /** Those of a recipe; none where the optimizer goes by slices. */
  static List<WeightMatrix> of(Recipe recipe) {
    List<WeightMatrix> matrices = new ArrayList<>();
    if (recipe.optimizer() instanceof Muon) {
      Network network = recipe.network();
      Set<String> heads = Heads.of(network);
      StateLayout layout = network.layout();
      List<Chunk> chunks = layout.chunks();
      for (int first = 0, end; first < chunks.size(); first = end) {
        Entry entry = layout.entry(chunks.get(first));
        end = first + 1;
        while (end < chunks.size() && chunks.get(end).from() < entry.offset() + entry.length()) {
          end++;
        }
        if (chunks.get(first).decays() && !heads.contains(entry.layer())) {
          int rows = entry.parameter().shape().extent(0);
          matrices.add(new WeightMatrix(first, end, rows, entry.length() / rows));
        }
      }
    }
    return matrices;
  }

  /** Who owns which chunks of a recipe's state. */
  static ChunkOwners owners(Recipe recipe, int ranks) {
    List<ChunkOwners.Whole> wholes = new ArrayList<>();
    for (WeightMatrix matrix : of(recipe)) {
      long work = (long) matrix.length() * matrix.shorter();
      wholes.add(new ChunkOwners.Whole(matrix.firstChunk(), matrix.endChunk(), work));
    }
    return ChunkOwners.of(recipe.network().layout().chunks().size(), wholes, ranks);
  }

  int length() {
    return rows * columns;
  }

  boolean isTall() {
    return rows > columns;
  }

  int shorter() {
    return Math.min(rows, columns);
  }

  int longer() {
    return Math.max(rows, columns);
  }
}
