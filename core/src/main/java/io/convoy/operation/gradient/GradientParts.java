package io.convoy.operation.gradient;

import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.operation.Binding;
import io.convoy.operation.Pass;
import io.convoy.shard.ShardTree;
import io.convoy.tensor.Scratch;

/**
 * What threads share out of a gradient's sum beside its blocks: sub-trees of shards, or pieces of
 * shards. How many parts there are is for the threads' sake and has no part in the sum: shards and
 * their pieces are the same, and are added in the same order.
 */
final class GradientParts {
  /** Floats of all parts that a thread adds up at a time. */
  private static final int RANGE = 2048;

  private final GradientBlocks blocks;
  private final WorkPool pool;
  private final RowKernels kernels;
  private final int shardsOfPart;
  private final boolean byPiece;
  private final int levels;
  private final int blockLength;
  private final int length;
  private final Scratch common;
  private final int[] chunks;
  private final int[] heads;
  private final int[] firstShards;
  private final int[] firstPieces;
  private final WorkPool.Block range = this::addRange;
  private float[] data;
  private int shards;
  private int count;
  private int headCount;
  private boolean oneChunkEach;

  GradientParts(GradientBlocks blocks, Binding binding) {
    this.blocks = blocks;
    pool = binding.pool();
    kernels = binding.kernels().rows();
    int most = binding.capacity().shards();
    int mostChunks = chunks(binding.capacity().shardSamples());
    int wanted = blocks.enough(pool.threads());
    shardsOfPart = shardsOfPart(most, blocks.blocks(), wanted);
    byPiece = shardsOfPart == 1 && blocks.blocks() * most < wanted && pieces(mostChunks) > 1;
    levels = levels(shardsOfPart, mostChunks > 1, pieces(mostChunks) > 1);
    blockLength = Scratch.aligned(blocks.blockFloats() + blocks.spareFloats());
    length = Math.multiplyExact(blockLength, blocks.blocks());
    int parts = (most + shardsOfPart - 1) / shardsOfPart * (byPiece ? pieces(mostChunks) : 1);
    common = parts == 1 ? null : binding.arena().common((long) parts * length);
    chunks = new int[most];
    heads = new int[most + 1];
    firstShards = new int[parts];
    firstPieces = new int[parts];
  }

  /** The largest power of two of shards, or all, that leaves enough to share out. */
  private static int shardsOfPart(int shards, int blocks, int wanted) {
    int width = shards;
    while (width > 1 && blocks * ((shards + width - 1) / width) < wanted) {
      width = Integer.highestOneBit(width - 1);
    }
    return width;
  }

  /** Sums of a block that may wait at a time, one that is being made included. */
  private static int levels(int shards, boolean manyChunks, boolean manyPieces) {
    int waiting = Integer.SIZE - Integer.numberOfLeadingZeros(shards - 1);
    return Math.max(1, waiting + (manyChunks ? 1 : 0) + (manyPieces ? 1 : 0));
  }

  private int chunks(int samples) {
    return (int) (((long) samples * blocks.units() + blocks.chunk() - 1) / blocks.chunk());
  }

  private int pieces(int chunks) {
    return Math.max(1, Math.min(blocks.pieces(), chunks));
  }

  /** Sums of a block that a thread has to have room for. */
  int levels() {
    return levels;
  }

  /** Deals out a pass. */
  void begin(Pass pass) {
    data = common == null ? null : common.data();
    shards = pass.shards();
    count = 0;
    headCount = 0;
    oneChunkEach = true;
    for (int shard = 0; shard < shards; shard++) {
      chunks[shard] = chunks(pass.samples(shard));
      oneChunkEach &= chunks[shard] == 1;
      if (shard % shardsOfPart == 0) {
        heads[headCount++] = count;
        for (int piece = 0; piece < (byPiece ? pieces(chunks[shard]) : 1); piece++) {
          firstShards[count] = shard;
          firstPieces[count++] = piece;
        }
      }
    }
    heads[headCount] = count;
  }

  int count() {
    return count;
  }

  int firstShard(int part) {
    return firstShards[part];
  }

  /** The shard after the last of a part. */
  int lastShard(int part) {
    return Math.min(firstShards[part] + shardsOfPart, shards);
  }

  /** The first piece of each shard of a part. */
  int firstPiece(int part) {
    return firstPieces[part];
  }

  /** The piece after the last of a shard that belongs to a part. */
  int lastPiece(int part, int shard) {
    return byPiece ? firstPieces[part] + 1 : pieces(chunks[shard]);
  }

  /** Whether each shard's sum is that of a single chunk. */
  boolean oneChunkEach() {
    return oneChunkEach;
  }

  /** Whether a shard's sum is that of a single chunk. */
  boolean oneChunk(int shard) {
    return chunks[shard] == 1;
  }

  /** Whether a piece's sum is that of a single chunk. */
  boolean oneChunk(int shard, int piece) {
    return firstChunk(shard, piece + 1) - firstChunk(shard, piece) == 1;
  }

  /** The chunk of a shard with which a piece begins; of the number of pieces, the end. */
  int firstChunk(int shard, int piece) {
    return (int) ((long) piece * chunks[shard] / pieces(chunks[shard]));
  }

  /** Where the sums of parts are kept, if there is more than one. */
  float[] data() {
    return data;
  }

  /** Where a part's sum of a block starts. */
  int offset(int part, int block) {
    return common.offset() + part * length + block * blockLength;
  }

  /** Adds the parts up; the whole ends in the first. */
  void add() {
    pool.run((length + RANGE - 1) / RANGE, range);
  }

  private void addRange(int index, int thread) {
    int from = index * RANGE;
    int floats = Math.min(RANGE, length - from);
    for (int head = 0; head < headCount; head++) {
      for (int part = heads[head] + 1; part < heads[head + 1]; part++) {
        add(part, heads[head], from, floats);
      }
    }
    ShardTree.reduce(headCount, (left, right, to) -> add(heads[right], heads[left], from, floats));
  }

  private void add(int part, int to, int from, int floats) {
    kernels.add(data, offset(part, 0) + from, data, offset(to, 0) + from, floats);
  }
}
