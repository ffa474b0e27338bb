package io.convoy.operation.gradient;

import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.operation.Binding;
import io.convoy.operation.Pass;
import io.convoy.shard.ShardTree;
import io.convoy.tensor.Scratch;

/**
 * The gradient of weights, block by block: a thread sums a block over one shard after the other and
 * these sums along {@link ShardTree}, all while the block stays in its cache. Where blocks are few,
 * threads share out shards too, or pieces of one ({@link GradientParts}).
 *
 * <p>The order of the sum is that of the shape, whoever makes which part of it:
 *
 * <pre>
 *   chunks of a piece, in order;  pieces of a shard, in order;  shards along the tree
 * </pre>
 */
public final class BlockedGradient {
  /** Runs of neighbouring blocks for each thread: one run is one walk through the gradient. */
  private static final int RUNS = 32;

  private final GradientBlocks blocks;
  private final long sampleOperations;
  private final GradientParts parts;
  private final WorkPool pool;
  private final RowKernels kernels;
  private final Scratch[] scratch;
  private final int levelStart;
  private final int levelFloats;
  private final WorkPool.Block sumRun = this::sumRun;
  private final WorkPool.Block storeBlock = this::store;
  private Pass pass;
  private float[] target;
  private int offset;
  private int run;

  /**
   * @param sampleOperations multiply-adds of a sample, or as many as take the same time: for the
   *     threads that it is worth waking
   */
  public BlockedGradient(GradientBlocks blocks, long sampleOperations, Binding binding) {
    this.blocks = blocks;
    this.sampleOperations = sampleOperations;
    pool = binding.pool();
    kernels = binding.kernels().rows();
    parts = new GradientParts(blocks, binding);
    levelStart = Scratch.aligned(blocks.scratchFloats());
    levelFloats = Scratch.aligned(blocks.blockFloats() + blocks.spareFloats());
    long levels = (long) parts.levels() * levelFloats;
    scratch = binding.arena().scratch(pool.threads(), levelStart + levels);
  }

  /** Writes the gradient over all shards of a pass to its OIHW places from {@code offset} on. */
  public void run(Pass pass, float[] target, int offset) {
    this.pass = pass;
    this.target = target;
    this.offset = offset;
    blocks.begin(pass);
    parts.begin(pass);
    int count = parts.count() * blocks.blocks();
    run = Math.max(1, count / (RUNS * pool.threads()));
    long operations = pass.samples() * sampleOperations;
    pool.run((count + run - 1) / run, operations, sumRun);
    if (parts.count() > 1) {
      parts.add();
      pool.run(blocks.blocks(), operations, storeBlock);
    }
  }

  private void sumRun(int index, int thread) {
    int until = Math.min((index + 1) * run, parts.count() * blocks.blocks());
    for (int block = index * run; block < until; block++) {
      sum(block, thread);
    }
  }

  private void sum(int index, int thread) {
    int block = index % blocks.blocks();
    int part = index / blocks.blocks();
    if (parts.count() > 1) {
      sum(block, part, parts.data(), parts.offset(part, block), thread);
      return;
    }
    if (parts.oneChunkEach() && blocks.sumInPlace(block, pass, target, offset, thread)) {
      return;
    }
    float[] data = scratch[thread].data();
    int start = level(0, thread);
    sum(block, part, data, start, thread);
    blocks.store(block, data, start, target, offset);
  }

  private void store(int block, int thread) {
    blocks.store(block, parts.data(), parts.offset(0, block), target, offset);
  }

  private int level(int level, int thread) {
    return scratch[thread].offset() + levelStart + level * levelFloats;
  }

  /** Leaves a part's sum of a block in {@code to}: the lowest of the levels that sums wait at. */
  private void sum(int block, int part, float[] to, int start, int thread) {
    int first = parts.firstShard(part);
    int shards = parts.lastShard(part) - first;
    float[] data = scratch[thread].data();
    for (int i = 0; i < shards; i++) {
      int level = ShardTree.waiting(i);
      int lowest = level - ShardTree.merges(i, shards);
      boolean joins = i % 2 == 1 && parts.oneChunk(first + i);
      if (joins) {
        level--; // to be added to its left neighbour, it is added at once
      }
      float[] out = level == 0 ? to : data;
      int outStart = level == 0 ? start : level(level, thread);
      sumShard(block, part, first + i, joins, out, outStart, level(level + 1, thread), thread);
      for (; level > lowest; level--) {
        float[] left = level == 1 ? to : data;
        int leftStart = level == 1 ? start : level(level - 1, thread);
        kernels.add(data, level(level, thread), left, leftStart, blocks.blockFloats());
      }
    }
  }

  /** A shard's pieces, as far as they belong to the part, each to be added to those before. */
  private void sumShard(
      int block, int part, int shard, boolean joins, float[] out, int start, int more, int thread) {
    int first = parts.firstPiece(part);
    int last = parts.lastPiece(part, shard);
    sumPiece(block, shard, first, joins, out, start, thread);
    float[] data = scratch[thread].data();
    for (int piece = first + 1; piece < last; piece++) {
      if (parts.oneChunk(shard, piece)) {
        sumPiece(block, shard, piece, true, out, start, thread);
      } else {
        sumPiece(block, shard, piece, false, data, more, thread);
        kernels.add(data, more, out, start, blocks.blockFloats());
      }
    }
  }

  private void sumPiece(
      int block, int shard, int piece, boolean adds, float[] out, int start, int thread) {
    int units = pass.start(shard) * blocks.units();
    int from = units + parts.firstChunk(shard, piece) * blocks.chunk();
    int end = units + parts.firstChunk(shard, piece + 1) * blocks.chunk();
    int until = Math.min(end, pass.start(shard + 1) * blocks.units());
    blocks.sum(block, from, until, adds, out, start, thread);
  }
}
