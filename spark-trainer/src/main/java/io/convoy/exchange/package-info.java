/**
 * How the ranks of one segment train in step: each sends its sums to the owners of the chunks, the
 * owners finish the fixed tree over the shards and apply the optimizer, and send the new values to
 * all. Where an update needs to know all chunks at once, owners send each other figures of their
 * chunks in between, in rounds. Here are the frames and the loop of a step; how ranks connect and
 * how frames are sealed is {@link io.convoy.exchange.connect}, and what a chunk's owner computes is
 * the caller's. Knows neither Spark nor Hadoop.
 *
 * <h2>Frames</h2>
 *
 * There is one connection for each pair of ranks, and frames go both ways. All numbers are
 * little-endian.
 *
 * <pre>
 *    0        4       5      6   8          16        20       24         32
 *   ┌────────┬───────┬──────┬───┬──────────┬─────────┬────────┬──────────┬──────────┐
 *   │ CVXF   │version│ kind │ 0 │ run      │ attempt │ sender │ step     │ sequence │
 *   ├────────┼───────┴┬─────┴───┴┬─────────┼─────────┼────────┼──────────┼──────────┘
 *   │ first  │ count  │ vector   │ offset  │ shards  │ bytes  │ checksum │ payload …
 *   └────────┴────────┴──────────┴─────────┴─────────┴────────┴──────────┴───────────
 *   36       40       44         48        52        56       60         64
 * </pre>
 *
 * <ul>
 *   <li>run: the first 8 bytes of the run's digest. sequence: the frame's number in its kind, from
 *       0. shards: U. bytes: of the payload, at most 96 KiB. checksum: CRC-32C of bytes 0 to 59 and
 *       of the payload; 0 in encrypted frames.
 *   <li>kind 1, figures: the doubles of the shards [first, first + count), {@code vector} of them
 *       for each shard. One frame; none where shards have no figures.
 *   <li>kind 2, gradients: floats of the sum over the sender's sub-tree number {@code vector}, for
 *       the {@code count} chunks first, first + N, and so on, all of the receiver; from float
 *       {@code offset} of these chunks on.
 *   <li>kind 3, new values: floats of the {@code count} chunks first, first + N, and so on, all of
 *       the sender; vector is 0.
 *   <li>kind 4, figures of chunks: {@code vector} doubles for each of the {@code count} chunks
 *       first, first + N, and so on, all of the sender; as many chunks as fit; {@code offset} is
 *       the round. Only in steps that have rounds: there all ranks wait for these frames of all
 *       others before they go on to the next round, and after the last one make new values.
 * </ul>
 *
 * An owner's chunks form groups of up to 24,576 floats in ascending order; a longer chunk is a
 * group alone and travels in several frames. Before the first step, where a rank has no state yet,
 * all ranks bring the chunks they own to all others: new values alone, under step -1. Gradients go
 * by group, in a group by vector, in a vector by offset; values by group and offset; figures of
 * chunks by round and chunk. Figures come before gradients, since what a sum is divided by is among
 * them; otherwise the kinds mix as the sender likes. So each frame's header but its checksum is
 * known in advance to whoever waits for it; any other header is refused before its payload is read.
 */
package io.convoy.exchange;
