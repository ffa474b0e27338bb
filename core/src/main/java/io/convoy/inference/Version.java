package io.convoy.inference;

import io.convoy.data.augment.Mirror;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A version of an image that passes a network: a crop of what is seen of it, mirrored or not.
 *
 * @param top first row of the crop, from 0
 * @param left first column likewise
 * @param mirrored left to right, once it is cut out
 */
record Version(int top, int left, boolean mirrored) {
  /**
   * The versions, in their order.
   *
   * @param seen the shape of what is seen of an image
   * @param input of the network, within that
   */
  static List<Version> of(TestTime testTime, Shape seen, Shape input) {
    int bottom = seen.height() - input.height();
    int right = seen.width() - input.width();
    List<Version> crops =
        List.of(
            new Version(0, 0, false),
            new Version(0, right, false),
            new Version(bottom, 0, false),
            new Version(bottom, right, false),
            new Version(half(bottom), half(right), false));
    return switch (testTime) {
      case NONE -> crops.subList(0, 1);
      case FLIP -> withMirrorImages(crops.subList(0, 1));
      case FIVE_CROPS -> crops;
      case TEN_CROPS -> withMirrorImages(crops);
    };
  }

  private static List<Version> withMirrorImages(List<Version> versions) {
    List<Version> both = new ArrayList<>(versions);
    versions.forEach(version -> both.add(new Version(version.top, version.left, true)));
    return both;
  }

  /** As evaluation takes the middle of an image: a half goes to the even number. */
  private static int half(int free) {
    return (int) StrictMath.rint(free / 2.0);
  }

  /**
   * The bytes of the version.
   *
   * @param image what is seen, in HWC order, from 0 on; left as it is
   * @param seen its shape
   * @param input the shape of the version
   * @param room for the version
   * @return the image itself where that is the version, else the room
   */
  byte[] of(byte[] image, Shape seen, Shape input, byte[] room) {
    if (seen.equals(input) && !mirrored) {
      return image;
    }
    int line = input.width() * input.channels();
    for (int row = 0; row < input.height(); row++) {
      int from = ((top + row) * seen.width() + left) * seen.channels();
      System.arraycopy(image, from, room, row * line, line);
    }
    if (mirrored) {
      Mirror.inPlace(room, input);
    }
    return room;
  }
}
