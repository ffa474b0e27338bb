package io.convoy.exchange.connect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A frame opens only where it belongs: there, in its turn, once, and unaltered. */
class AesGcmSealTest {
  private static final int PAYLOAD = 207;
  private static final int WHOLE = FrameLayout.HEADER + PAYLOAD + AesGcmSeal.TAG_BYTES;

  private final Handshake caller = new Handshake(Identities.ENCRYPTED, 1, 2);
  private final Handshake answerer = new Handshake(Identities.ENCRYPTED, 0, 2);
  private final byte[] hello = caller.hello(0);
  private final byte[] answer = answerer.answer(hello);
  private final Seals atCaller = caller.seals(hello, answer, true);
  private final Seals atAnswerer = answerer.seals(hello, answer, false);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 207, 4098, FrameLayout.MAXIMUM_PAYLOAD})
  void whatIsClosedOpens(int payload) {
    byte[] plain = plain(payload, 1);
    byte[] sent = close(atCaller.outgoing(), plain);
    assertEquals(plain.length + 16, sent.length);
    assertArrayEquals(header(plain), header(sent));
    assertArrayEquals(plain, open(atAnswerer.incoming(), sent));
    assertArrayEquals(plain, open(atCaller.incoming(), close(atAnswerer.outgoing(), plain)));
  }

  @Test
  void equalFramesLookDifferent() {
    byte[] plain = plain(PAYLOAD, 1);
    byte[] first = close(atCaller.outgoing(), plain);
    byte[] second = close(atCaller.outgoing(), plain);
    byte[] back = close(atAnswerer.outgoing(), plain);
    assertFalse(Arrays.equals(payload(plain), payload(first)));
    assertFalse(Arrays.equals(payload(first), payload(second)));
    assertFalse(Arrays.equals(payload(first), payload(back)));
  }

  /** The definition: nonce of 4 zeros and the frame's number, big-endian; the header as AAD. */
  @Test
  void isAesGcmWithTheFramesNumberAsNonce() throws Exception {
    byte[] key = new byte[32];
    new Random(3).nextBytes(key);
    Seal seal = new AesGcmSeal(key);
    for (int number = 0; number < 3; number++) {
      byte[] plain = plain(PAYLOAD, number);
      byte[] nonce = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) number};
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
      cipher.updateAAD(header(plain));
      byte[] expected = cipher.doFinal(payload(plain));
      byte[] sent = close(seal, plain);
      assertArrayEquals(expected, Arrays.copyOfRange(sent, FrameLayout.HEADER, sent.length));
    }
  }

  @Test
  void noAlteredBitOfHeaderPayloadOrTagPasses() {
    byte[] sent = close(atCaller.outgoing(), plain(PAYLOAD, 1));
    for (int bit = 0; bit < WHOLE * Byte.SIZE; bit++) {
      byte[] altered = sent.clone();
      altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      Seal fresh = answerer.seals(hello, answer, false).incoming();
      assertFalse(opens(fresh, altered), "bit " + bit);
    }
    assertTrue(opens(atAnswerer.incoming(), sent));
  }

  @Test
  void aFrameOpensOnceAndInItsTurnOnly() {
    byte[] first = close(atCaller.outgoing(), plain(PAYLOAD, 1));
    byte[] second = close(atCaller.outgoing(), plain(PAYLOAD, 2));
    byte[] third = close(atCaller.outgoing(), plain(PAYLOAD, 3));
    Seal replayed = answerer.seals(hello, answer, false).incoming();
    assertTrue(opens(replayed, first));
    assertFalse(opens(replayed, first));
    Seal swapped = answerer.seals(hello, answer, false).incoming();
    assertFalse(opens(swapped, second));
    Seal leftOut = answerer.seals(hello, answer, false).incoming();
    assertTrue(opens(leftOut, first));
    assertFalse(opens(leftOut, third));
    Seal inTurn = atAnswerer.incoming();
    assertTrue(opens(inTurn, first) && opens(inTurn, second) && opens(inTurn, third));
  }

  @Test
  void aFrameDoesNotOpenAtItsSender() {
    assertFalse(opens(atCaller.incoming(), close(atCaller.outgoing(), plain(PAYLOAD, 1))));
    assertFalse(opens(atAnswerer.incoming(), close(atAnswerer.outgoing(), plain(PAYLOAD, 1))));
  }

  @Test
  void aFrameOfAnotherConnectionDoesNotOpen() {
    byte[] sent = close(atCaller.outgoing(), plain(PAYLOAD, 1));
    byte[] otherHello = caller.hello(0);
    byte[] otherAnswer = answerer.answer(hello);
    assertFalse(opens(answerer.seals(otherHello, answer, false).incoming(), sent));
    assertFalse(opens(answerer.seals(hello, otherAnswer, false).incoming(), sent));
    byte[] otherRanks = hello.clone();
    otherRanks[56]++; // of how many ranks: what was said is a part of the key, not the nonces alone
    assertFalse(opens(answerer.seals(otherRanks, answer, false).incoming(), sent));
  }

  @Test
  void aFrameUnderAnotherRunsKeyDoesNotOpen() {
    byte[] otherKey = "another key for tests".getBytes(StandardCharsets.US_ASCII);
    Handshake other = new Handshake(new RunIdentity("run-7", 3, "1.0", 1, otherKey, true), 0, 2);
    byte[] sent = close(atCaller.outgoing(), plain(PAYLOAD, 1));
    assertFalse(opens(other.seals(hello, answer, false).incoming(), sent));
    assertTrue(opens(atAnswerer.incoming(), sent));
  }

  @Test
  void neitherSideCanBeTalkedOutOfEncryption() {
    Handshake plain = new Handshake(Identities.PLAIN, 0, 2);
    assertEquals(Refusal.SEAL, plain.judgeHello(hello));
    assertEquals(Refusal.SEAL, answerer.judgeHello(new Handshake(Identities.PLAIN, 1, 2).hello(0)));
    byte[] altered = hello.clone(); // somebody between them asks the answerer for plain frames
    altered[60] = 0;
    assertEquals(Refusal.SEAL, answerer.judgeHello(altered));
    assertEquals(Refusal.NONE, plain.judgeHello(altered));
    assertEquals(Refusal.KEY, caller.judgeAnswer(hello, plain.answer(altered)));
  }

  @Test
  void refusesAKeyOfAnotherLength() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new AesGcmSeal(new byte[16]));
    assertEquals("key.length=16 must be 32", error.getMessage());
  }

  /** Header and payload of any bytes. */
  private static byte[] plain(int payload, long seed) {
    byte[] plain = new byte[FrameLayout.HEADER + payload];
    new Random(seed).nextBytes(plain);
    return plain;
  }

  /** What goes over the wire. */
  private static byte[] close(Seal seal, byte[] plain) {
    ByteBuffer frame = ByteBuffer.allocateDirect(plain.length + seal.overhead()).put(plain);
    seal.close(frame, plain.length - FrameLayout.HEADER);
    byte[] sent = new byte[plain.length + seal.overhead()];
    frame.get(0, sent);
    return sent;
  }

  /** Header and payload; null if the frame does not open. */
  private static byte[] open(Seal seal, byte[] sent) {
    ByteBuffer frame = ByteBuffer.allocateDirect(sent.length).put(sent);
    if (!seal.open(frame, sent.length - FrameLayout.HEADER - seal.overhead())) {
      return null;
    }
    byte[] plain = new byte[sent.length - seal.overhead()];
    frame.get(0, plain);
    return plain;
  }

  private static boolean opens(Seal seal, byte[] sent) {
    return open(seal, sent) != null;
  }

  private static byte[] header(byte[] frame) {
    return Arrays.copyOf(frame, FrameLayout.HEADER);
  }

  private static byte[] payload(byte[] frame) {
    return Arrays.copyOfRange(frame, FrameLayout.HEADER, FrameLayout.HEADER + PAYLOAD);
  }
}
