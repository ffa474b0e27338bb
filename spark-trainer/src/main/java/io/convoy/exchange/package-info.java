/**
 * How the ranks of one segment train in step: each sends its sums to the owners of the chunks, the
 * owners finish the fixed tree over the shards and apply the optimizer, and send the new values to
 * all. Where an update needs to know all chunks at once, owners tell each other figures of their
 * chunks in between. Here are the connections, the frames and the handshake; what a chunk's owner
 * computes is the caller's, and so is the rendezvous at which addresses are told. Knows neither
 * Spark nor Hadoop.
 *
 * <h2>Connections</h2>
 *
 * One TCP connection for each pair of ranks; the higher rank calls the lower one. All numbers are
 * little-endian. The handshake, with the size of each message (its header is magic {@code CVXE},
 * version, type, {@linkplain io.convoy.exchange.Refusal reason}, 0: 8 bytes):
 *
 * <pre>
 *   caller                                                            answerer
 *   HELLO    96  header | run 16 | code version 16 | numerics version 4 |
 *                attempt 4 | from 4 | to 4 | ranks 4 | seal 4 | nonce 32      ──▶
 *            ◀── ANSWER   72  header | nonce 32 | HMAC("…answerer\0", HELLO, nonce) 32
 *   PROOF    40  header | HMAC("…caller\0", HELLO, nonce of ANSWER) 32        ──▶
 *            ◀── WELCOME   8  header
 * </pre>
 *
 * Run and code version are the first 16 bytes of the SHA-256 of their UTF-8. The labels are {@code
 * "convoy exchange 1: answerer\0"} and {@code "convoy exchange 1: caller\0"}, the nonces come from
 * a {@code SecureRandom}, HMAC is HMAC-SHA-256 with the run's key. Seal is 0 where frames are plain
 * and 1 where they are encrypted; it must be the same on both sides and is under both proofs, so
 * nobody in between can turn encryption off. A reason other than 0 in ANSWER or WELCOME refuses the
 * caller; the rest of that ANSWER is zero. Until WELCOME a connection has one message's memory and
 * a time limit.
 *
 * <h2>Frames</h2>
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
 *       for each shard. One frame; none where there is nothing to tell.
 *   <li>kind 2, gradients: floats of the sum over the sender's sub-tree number {@code vector}, for
 *       the {@code count} chunks first, first + N, and so on, all of the receiver; from float
 *       {@code offset} of these chunks on.
 *   <li>kind 3, new values: floats of the {@code count} chunks first, first + N, and so on, all of
 *       the sender; vector is 0.
 *   <li>kind 4, figures of chunks: {@code vector} doubles for each of the {@code count} chunks
 *       first, first + N, and so on, all of the sender; as many chunks as fit. Only in steps of two
 *       phases: there all ranks wait for these frames of all others before they make new values.
 * </ul>
 *
 * An owner's chunks form groups of up to 24,576 floats in ascending order; a longer chunk is a
 * group alone and travels in several frames. Before the first step, where a rank has no state yet,
 * all ranks bring the chunks they own to all others: new values alone, under step -1. Gradients go
 * by group, in a group by vector, in a vector by offset; values by group and offset; figures of
 * chunks by chunk. The kinds mix as the sender likes. So each frame's header but its checksum is
 * known in advance to whoever waits for it; any other header is refused before its payload is read.
 *
 * <h2>Encrypted frames</h2>
 *
 * AES-256-GCM by the JDK's cipher. The header stays readable and is authenticated (it is the
 * additional data), the payload is encrypted, the tag of 16 bytes follows it and is not counted in
 * {@code bytes}. The nonce, 96 bits big-endian, is the number of the frame in its direction of the
 * connection, all kinds together, from 0; it is not sent. Each direction has its key:
 *
 * <pre>
 *   HKDF-SHA-256(
 *       salt   = nonce of HELLO, nonce of ANSWER
 *       secret = the run's key
 *       info   = "convoy exchange 1: frames of the caller\0" or
 *                "convoy exchange 1: frames of the answerer\0", then HELLO, ANSWER
 *       length = 32 bytes)
 * </pre>
 *
 * So keys differ for every connection, attempt and pair of ranks, and a frame that is altered, sent
 * again, left out, out of turn, sent back or from another connection does not open. Who is on the
 * wire still sees who sends how many bytes in which step. There is no forward secrecy: whoever
 * records a connection and later learns the run's key can read it. How that key reaches the ranks
 * is the caller's matter ({@code io.convoy.worker}).
 */
package io.convoy.exchange;
