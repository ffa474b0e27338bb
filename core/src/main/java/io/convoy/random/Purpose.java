package io.convoy.random;

/** What a random number is drawn for. The codes are part of the numerics contract. */
public enum Purpose {
  INITIALISATION(1),
  SHUFFLE_GROUPS(2),
  SHUFFLE_WINDOW(3),
  AUGMENTATION(4),
  DROPOUT(5),
  SYNTHETIC_DATA(6),
  SPLIT(7),
  FRAMING(10);

  private final int code;

  Purpose(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
