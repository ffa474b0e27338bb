package io.convoy.exchange.connect;

/** Why a connection is refused: one byte on the wire, whose values are final. */
public enum Refusal {
  /** Welcome. */
  NONE(0, "nothing is wrong"),
  /** Not the bytes of this protocol. */
  PROTOCOL(1, "these are not the bytes of an exchange"),
  /** Another version of the wire format. */
  WIRE_VERSION(2, "another version of the wire format"),
  /** Another run. */
  RUN(3, "another run"),
  /** Another attempt of the same run: mostly a task that does not know that it was given up. */
  ATTEMPT(4, "another attempt of the run"),
  /** Another version of Convoy's code. */
  CODE_VERSION(5, "another code version"),
  /** Another version of the numerics contract. */
  NUMERICS_VERSION(6, "another numerics version"),
  /** Ranks that do not fit: another number of them, or one that has no business here. */
  RANK(7, "a wrong rank or number of ranks"),
  /** One side encrypts its frames, the other does not. */
  SEAL(8, "frames that are encrypted on one side and plain on the other"),
  /** The proof does not fit: another key. */
  KEY(9, "another key"),
  /** This rank is connected already. */
  DUPLICATE(10, "a rank that is connected already"),
  /** Out of time, or crowded out by other unknown connections. */
  LATE(11, "no handshake within the time limit");

  private final int code;
  private final String text;

  Refusal(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /** The byte on the wire. */
  int code() {
    return code;
  }

  /** What is wrong, for people. */
  public String text() {
    return text;
  }

  /** The reason of a byte on the wire; {@link #PROTOCOL} for an unknown one. */
  static Refusal of(int code) {
    for (Refusal refusal : values()) {
      if (refusal.code == code) {
        return refusal;
      }
    }
    return PROTOCOL;
  }
}
