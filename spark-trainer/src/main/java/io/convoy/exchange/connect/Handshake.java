package io.convoy.exchange.connect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The messages by which two ranks prove to each other that they hold the run's key, as {@link
 * io.convoy.exchange.connect the package} draws them. The caller's HELLO names all that must be the
 * same; each side's proof is an HMAC-SHA-256 over a label of its direction, the HELLO and the
 * answerer's nonce, so that neither proof can be played back: not on another connection, nor to its
 * sender.
 *
 * <p>Knows bytes only; {@link PendingConnection} moves them.
 */
final class Handshake {
  static final int MAGIC = 0x45585643; // "CVXE" in little-endian order
  static final byte VERSION = 1;

  static final int HELLO_BYTES = 96;
  static final int ANSWER_BYTES = 72;
  static final int PROOF_BYTES = 40;
  static final int WELCOME_BYTES = 8;

  private static final byte HELLO = 1;
  private static final byte ANSWER = 2;
  private static final byte PROOF = 3;
  private static final byte WELCOME = 4;

  private static final int CHECKSUM = 0;
  private static final int AES_256_GCM = 1;

  private static final int HEADER_BYTES = 8;
  private static final int NONCE_BYTES = 32;
  private static final int FROM_AT = 48;
  private static final int TO_AT = 52;

  private static final byte[] ANSWERER_LABEL = label("convoy exchange 1: answerer");
  private static final byte[] CALLER_LABEL = label("convoy exchange 1: caller");

  private final RunIdentity identity;
  private final SecretKeySpec key;
  private final int rank;
  private final int ranks;
  private final int seal;
  private final byte[] runDigest;
  private final byte[] codeDigest;
  private final SecureRandom random = new SecureRandom();

  Handshake(RunIdentity identity, int rank, int ranks) {
    this.identity = identity;
    this.key = new SecretKeySpec(identity.key(), "HmacSHA256");
    this.rank = rank;
    this.ranks = ranks;
    this.seal = identity.encrypted() ? AES_256_GCM : CHECKSUM;
    this.runDigest = identity.runDigest();
    this.codeDigest = identity.codeDigest();
  }

  /** The caller's first message to rank {@code to}. */
  byte[] hello(int to) {
    ByteBuffer hello = message(HELLO_BYTES, HELLO, Refusal.NONE);
    hello.put(runDigest).put(codeDigest);
    hello.putInt(identity.numericsVersion()).putInt(identity.attempt());
    hello.putInt(rank).putInt(to).putInt(ranks).putInt(seal);
    hello.put(nonce());
    return hello.array();
  }

  /** What speaks against a HELLO; the claims in it are not proven yet. */
  Refusal judgeHello(byte[] bytes) {
    Refusal header = judgeHeader(bytes, HELLO);
    if (header != Refusal.NONE) {
      return header;
    }
    ByteBuffer hello = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    hello.position(HEADER_BYTES);
    if (!Arrays.equals(take(hello, RunIdentity.DIGEST_BYTES), runDigest)) {
      return Refusal.RUN;
    }
    if (!Arrays.equals(take(hello, RunIdentity.DIGEST_BYTES), codeDigest)) {
      return Refusal.CODE_VERSION;
    }
    if (hello.getInt() != identity.numericsVersion()) {
      return Refusal.NUMERICS_VERSION;
    }
    if (hello.getInt() != identity.attempt()) {
      return Refusal.ATTEMPT;
    }
    int from = hello.getInt();
    int to = hello.getInt();
    // The higher rank calls the lower one, so one connection serves a pair.
    if (to != rank || from <= rank || from >= ranks || hello.getInt() != ranks) {
      return Refusal.RANK;
    }
    return hello.getInt() == seal ? Refusal.NONE : Refusal.SEAL;
  }

  /** The rank that a HELLO claims to come from. */
  static int caller(byte[] hello) {
    return ByteBuffer.wrap(hello).order(ByteOrder.LITTLE_ENDIAN).getInt(FROM_AT);
  }

  /** The answer to a HELLO that was judged sound: a nonce and the answerer's proof. */
  byte[] answer(byte[] hello) {
    byte[] nonce = nonce();
    ByteBuffer answer = message(ANSWER_BYTES, ANSWER, Refusal.NONE);
    answer.put(nonce).put(mac(ANSWERER_LABEL, hello, nonce));
    return answer.array();
  }

  /** The answer to any other HELLO: the reason and nothing else. */
  static byte[] refusingAnswer(Refusal reason) {
    return message(ANSWER_BYTES, ANSWER, reason).array();
  }

  /** What speaks against an answer; {@link Refusal#KEY} if its proof is wrong. */
  Refusal judgeAnswer(byte[] hello, byte[] answer) {
    Refusal header = judgeHeader(answer, ANSWER);
    if (header != Refusal.NONE) {
      return header;
    }
    byte[] mac = Arrays.copyOfRange(answer, HEADER_BYTES + NONCE_BYTES, ANSWER_BYTES);
    boolean proven = MessageDigest.isEqual(mac, mac(ANSWERER_LABEL, hello, nonceOf(answer)));
    return proven ? Refusal.NONE : Refusal.KEY;
  }

  /** The caller's proof. */
  byte[] proof(byte[] hello, byte[] answer) {
    ByteBuffer proof = message(PROOF_BYTES, PROOF, Refusal.NONE);
    proof.put(mac(CALLER_LABEL, hello, nonceOf(answer)));
    return proof.array();
  }

  /** What speaks against the caller's proof. */
  Refusal judgeProof(byte[] hello, byte[] answer, byte[] proof) {
    Refusal header = judgeHeader(proof, PROOF);
    if (header != Refusal.NONE) {
      return header;
    }
    byte[] mac = Arrays.copyOfRange(proof, HEADER_BYTES, PROOF_BYTES);
    boolean proven = MessageDigest.isEqual(mac, mac(CALLER_LABEL, hello, nonceOf(answer)));
    return proven ? Refusal.NONE : Refusal.KEY;
  }

  /** The last word of the answerer. */
  static byte[] welcome(Refusal reason) {
    return message(WELCOME_BYTES, WELCOME, reason).array();
  }

  /** What speaks against the last word. */
  static Refusal judgeWelcome(byte[] welcome) {
    return judgeHeader(welcome, WELCOME);
  }

  /**
   * How frames are sealed on a connection whose handshake went well.
   *
   * @param caller whether this side called
   */
  Seals seals(byte[] hello, byte[] answer, boolean caller) {
    return identity.encrypted()
        ? Seals.encrypted(identity.key(), hello, answer, caller)
        : Seals.checksums();
  }

  /** The caller's nonce and then the answerer's. */
  static byte[] nonces(byte[] hello, byte[] answer) {
    byte[] both = Arrays.copyOfRange(hello, HELLO_BYTES - NONCE_BYTES, HELLO_BYTES + NONCE_BYTES);
    System.arraycopy(answer, HEADER_BYTES, both, NONCE_BYTES, NONCE_BYTES);
    return both;
  }

  /** Whether the first {@code count} bytes may be the beginning of a message of this protocol. */
  static boolean plausible(byte[] bytes, int count) {
    for (int i = 0; i < Math.min(count, Integer.BYTES); i++) {
      if (bytes[i] != (byte) (MAGIC >>> (Byte.SIZE * i))) {
        return false;
      }
    }
    return true;
  }

  /** The ranks of a HELLO as claimed, for a log line. */
  static String claim(byte[] hello) {
    ByteBuffer fields = ByteBuffer.wrap(hello).order(ByteOrder.LITTLE_ENDIAN);
    return "rank %s to rank %s".formatted(fields.getInt(FROM_AT), fields.getInt(TO_AT));
  }

  private static Refusal judgeHeader(byte[] bytes, byte type) {
    if (!plausible(bytes, bytes.length)) {
      return Refusal.PROTOCOL;
    }
    if (bytes[4] != VERSION) {
      return Refusal.WIRE_VERSION;
    }
    return bytes[5] == type ? Refusal.of(bytes[6]) : Refusal.PROTOCOL;
  }

  private static ByteBuffer message(int size, byte type, Refusal reason) {
    ByteBuffer message = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(MAGIC).put(VERSION).put(type).put((byte) reason.code()).put((byte) 0);
    return message;
  }

  private byte[] mac(byte[] label, byte[] hello, byte[] nonce) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(label);
      mac.update(hello);
      return mac.doFinal(nonce);
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("every JDK has HmacSHA256", absent);
    }
  }

  private byte[] nonce() {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return nonce;
  }

  private static byte[] nonceOf(byte[] answer) {
    return Arrays.copyOfRange(answer, HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
  }

  private static byte[] take(ByteBuffer from, int count) {
    byte[] bytes = new byte[count];
    from.get(bytes);
    return bytes;
  }

  private static byte[] label(String text) {
    return (text + '\0').getBytes(StandardCharsets.US_ASCII);
  }
}
