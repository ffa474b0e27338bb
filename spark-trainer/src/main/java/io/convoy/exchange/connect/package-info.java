/**
 * How the ranks of one segment come to know each other: from a listener's address to connections
 * whose two sides have proven who they are, with the seals of the frames that go over them. Before
 * the proof a connection has one message's memory and a time limit. What is in a frame is the
 * caller's matter, and so is the rendezvous at which ranks learn each other's addresses. Knows
 * neither Spark nor Hadoop.
 *
 * <h2>Handshake</h2>
 *
 * One TCP connection for each pair of ranks; the higher rank calls the lower one. All numbers are
 * little-endian. The messages and their sizes (a header is magic {@code CVXE}, version, type,
 * {@linkplain io.convoy.exchange.connect.Refusal reason}, 0: 8 bytes):
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
 * caller; the rest of that ANSWER is zero.
 *
 * <h2>Seals</h2>
 *
 * A frame is a header of 64 bytes and a payload of at most 96 KiB ({@link
 * io.convoy.exchange.connect.FrameLayout}). Plain frames hold in the header's last four bytes the
 * CRC-32C of all other bytes of header and payload; in encrypted frames these four bytes are 0.
 *
 * <p>Encrypted frames are AES-256-GCM by the JDK's cipher. The header stays readable and is
 * authenticated (it is the additional data), the payload is encrypted, the tag of 16 bytes follows
 * it and is not counted in the payload's length. The nonce, 96 bits big-endian, is the number of
 * the frame in its direction of the connection, of whatever kind, from 0; it is not sent. Each
 * direction has its key:
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
package io.convoy.exchange.connect;
