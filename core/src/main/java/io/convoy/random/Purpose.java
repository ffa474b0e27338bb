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
  /** Numbers of an augmentation that each pixel has its own of. */
  PIXEL_NOISE(8),
  /** Whether and how an image is mixed with another: mixup and cutmix. */
  MIXING(9),
  /** Which part of an image is brought to the network's input. */
  FRAMING(10),
  /** Hyper-parameters of a trial. */
  SEARCH(11),
  /** Images that are made to excite a filter. */
  EXPLANATION(12);

  private final int code;

  Purpose(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
