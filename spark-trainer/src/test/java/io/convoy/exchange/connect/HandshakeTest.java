package io.convoy.exchange.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HandshakeTest {
  @Test
  void oneProofCannotBePlayedBack() {
    Handshake caller = new Handshake(Identities.PLAIN, 1, 2);
    Handshake answerer = new Handshake(Identities.PLAIN, 0, 2);
    byte[] hello = caller.hello(0);
    byte[] answer = answerer.answer(hello);
    byte[] proof = caller.proof(hello, answer);
    assertEquals(Refusal.NONE, answerer.judgeHello(hello));
    assertEquals(Refusal.NONE, caller.judgeAnswer(hello, answer));
    assertEquals(Refusal.NONE, answerer.judgeProof(hello, answer, proof));
    assertEquals(Refusal.KEY, answerer.judgeProof(hello, answerer.answer(hello), proof));
    assertEquals(Refusal.KEY, caller.judgeAnswer(caller.hello(0), answer));
    byte[] reflected = proof.clone(); // the answerer's own proof, sent back to it
    System.arraycopy(answer, 40, reflected, 8, 32);
    assertEquals(Refusal.KEY, answerer.judgeProof(hello, answer, reflected));
  }
}
