package io.convoy.data.image.jpeg;

import java.util.List;

/** What the components of a JPEG mean. */
public enum JpegColours {
  GREY,
  RGB,
  /** Luma and two differences, ITU-R BT.601 with full range, as in JFIF. */
  YCBCR,
  /** Ink: 255 is full. */
  CMYK,
  /** Ink as Adobe writes it: 0 is full. */
  INVERTED_CMYK,
  /** CMY as YCbCr, in Adobe's inverted form, and K as it is in {@link #INVERTED_CMYK}. */
  INVERTED_YCCK;

  /**
   * What libjpeg takes the components for (jdapimin.c), which all readers of JPEG follow.
   *
   * @param jfif whether there is a JFIF segment
   * @param adobeTransform of the Adobe segment; -1 where there is none
   */
  static JpegColours of(List<Component> components, boolean jfif, int adobeTransform) {
    return switch (components.size()) {
      case 1 -> GREY;
      case 3 -> ofThree(components, jfif, adobeTransform);
      default -> ofFour(adobeTransform);
    };
  }

  private static JpegColours ofThree(List<Component> components, boolean jfif, int adobeTransform) {
    if (jfif) {
      return YCBCR;
    }
    if (adobeTransform >= 0) {
      return adobeTransform == 0 ? RGB : YCBCR;
    }
    boolean named =
        components.get(0).id() == 'R'
            && components.get(1).id() == 'G'
            && components.get(2).id() == 'B';
    return named ? RGB : YCBCR;
  }

  private static JpegColours ofFour(int adobeTransform) {
    if (adobeTransform < 0) {
      return CMYK;
    }
    return adobeTransform == 0 ? INVERTED_CMYK : INVERTED_YCCK;
  }
}
