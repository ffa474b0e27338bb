package io.convoy.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.exchange.connect.HandshakeBytes;
import io.convoy.exchange.connect.Identities;
import io.convoy.exchange.connect.PeerLostException;
import io.convoy.exchange.connect.PeerRefusedException;
import io.convoy.exchange.connect.Refusal;
import io.convoy.exchange.connect.RunIdentity;
import io.convoy.network.StateLayout.Chunk;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted frames between ranks, and somebody on the wire. */
@Timeout(60)
class EncryptedExchangeTest {
  private static final List<Chunk> CHUNKS = Ranks.chunks(100, 200, 8192, 8192, 8192, 300);
  private static final Training TRAINING = new Training(CHUNKS);
  private static final int HANDSHAKE = HandshakeBytes.OF_CALLER;

  /** Rank 1's figures are the first frame: 32 bytes, then the tag, then gradients. */
  @ParameterizedTest
  @CsvSource({
    "0, 'magic=0x46585642, expected 0x46585643'",
    "24, 'a frame of FIGURES with step=1, expected 0'",
    "60, 'a frame of FIGURES whose authentication tag is wrong'", // a checksum's place: unused
    "64, 'a frame of FIGURES whose authentication tag is wrong'", // payload
    "95, 'a frame of FIGURES whose authentication tag is wrong'",
    "96, 'a frame of FIGURES whose authentication tag is wrong'", // tag
    "111, 'a frame of FIGURES whose authentication tag is wrong'",
    "9000, 'a frame of GRADIENTS whose authentication tag is wrong'",
  })
  void oneAlteredBitIsNoticed(int position, String message) throws Exception {
    try (Ranks team = new Ranks(2);
        AlteringProxy proxy =
            new AlteringProxy(team, team.listener(0).address(), HANDSHAKE + position, 1)) {
      Future<float[]> zero = start(team, 0, Identities.ENCRYPTED);
      team.addresses().set(0, proxy.address());
      Future<float[]> one = start(team, 1, Identities.ENCRYPTED);
      ExchangeCorruptException corrupt =
          assertThrows(ExchangeCorruptException.class, () -> Ranks.result(zero));
      assertEquals(1, corrupt.rank());
      assertTrue(corrupt.getMessage().contains(message), corrupt.getMessage());
      assertThrows(PeerLostException.class, () -> Ranks.result(one));
    }
  }

  /** The plain one calls, or the encrypted one does. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPlainPeerIsRefusedEitherWay(boolean plainCalls) throws Exception {
    RunIdentity right = plainCalls ? Identities.ENCRYPTED : Identities.PLAIN;
    RunIdentity wrong = plainCalls ? Identities.PLAIN : Identities.ENCRYPTED;
    try (Ranks team = new Ranks(2);
        Ranks spare = new Ranks(2)) {
      Future<float[]> zero = start(team, 0, right);
      spare.addresses().set(0, team.listener(0).address());
      Future<float[]> one = start(spare, 1, wrong);
      PeerRefusedException refused =
          assertThrows(PeerRefusedException.class, () -> Ranks.result(one));
      assertEquals(Refusal.SEAL, refused.reason());
      assertEquals(
          "rank 1 and rank 0 (%s) do not go together: frames that are encrypted on one side and"
                  .formatted(team.name(0))
              + " plain on the other",
          refused.getMessage());
      Future<float[]> rightOne = start(team, 1, right);
      float[] expected = TRAINING.state();
      TRAINING.reference(0, 4, expected);
      PeerExchangeTest.assertSameBits(expected, Ranks.result(zero));
      PeerExchangeTest.assertSameBits(expected, Ranks.result(rightOne));
    }
  }

  /** HELLO's seal is at byte 60: altered on the way, it makes no plain connection. */
  @Test
  void nobodyOnTheWireCanTurnEncryptionOff() throws Exception {
    try (Ranks team = new Ranks(2);
        AlteringProxy proxy = new AlteringProxy(team, team.listener(0).address(), 60, 1)) {
      // As if the answerer had been fooled already: it takes the altered HELLO for sound.
      team.startUnwatched(0, Identities.PLAIN, CHUNKS, EncryptedExchangeTest::train);
      team.addresses().set(0, proxy.address());
      Future<float[]> one = start(team, 1, Identities.ENCRYPTED);
      PeerRefusedException refused =
          assertThrows(PeerRefusedException.class, () -> Ranks.result(one));
      assertEquals(Refusal.KEY, refused.reason());
    }
  }

  private static Future<float[]> start(Ranks team, int rank, RunIdentity identity) {
    return team.start(rank, identity, Ranks.TIMEOUTS, CHUNKS, EncryptedExchangeTest::train);
  }

  private static float[] train(PeerExchange exchange) throws InterruptedException {
    float[] state = TRAINING.state();
    TRAINING.step(exchange, 0, 4, state);
    return state;
  }
}
