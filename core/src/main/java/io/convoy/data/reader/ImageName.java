package io.convoy.data.reader;

import io.convoy.data.image.ImageFormat;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * What a file in a folder of images is, by the ending of its name and, where nobody knows the
 * ending, by its first bytes.
 */
enum ImageName {
  /** An image; whether a whole one, decoding shows. */
  IMAGE,
  /** An image of a kind that Convoy does not decode. */
  OTHER_IMAGE,
  /** No image. */
  NO_IMAGE,
  /** Its first bytes have to say. */
  UNKNOWN;

  /** How many of the first bytes {@link #ofStart} wants. */
  static final int START = 32;

  private static final Set<String> OTHER_IMAGES =
      Set.of(
          "heic", "heif", "avif", "jxl", "jp2", "j2k", "jpx", "psd", "svg", "ico", "raw", "cr2",
          "cr3", "nef", "arw", "dng", "orf", "rw2", "raf", "exr", "hdr", "ppm", "pgm", "pbm", "pnm",
          "pcx", "tga", "dcm");

  private static final Set<String> NO_IMAGES =
      Set.of(
          "txt", "md", "csv", "tsv", "json", "jsonl", "ndjson", "xml", "html", "htm", "yaml", "yml",
          "log", "pdf", "doc", "docx", "xls", "xlsx", "py", "ipynb", "sh", "ini", "db", "url",
          "lnk", "mat", "npy", "npz", "pkl", "h5", "parquet", "zip", "tar", "gz", "tgz", "bz2",
          "xz", "7z", "rar", "mp4", "avi", "mov", "mkv", "webm", "mp3", "wav", "crc", "md5",
          "sha256");

  /** Sizes of the second header of BMP, which follow the 14 bytes of the first. */
  private static final Set<Integer> BMP_HEADERS = Set.of(12, 16, 40, 52, 56, 64, 108, 124);

  static ImageName of(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (ending.length() == name.length()) {
      return UNKNOWN;
    }
    if (ImageFormat.ofName(name).isPresent()) {
      return IMAGE;
    }
    if (OTHER_IMAGES.contains(ending)) {
      return OTHER_IMAGE;
    }
    return NO_IMAGES.contains(ending) ? NO_IMAGE : UNKNOWN;
  }

  /**
   * Of a file whose name does not tell.
   *
   * @param bytes the first {@value #START} of the file, or all it has
   * @return never {@link #UNKNOWN}
   */
  static ImageName ofStart(byte[] bytes) {
    String start = new String(bytes, StandardCharsets.ISO_8859_1);
    boolean image =
        start.startsWith("\u00ff\u00d8\u00ff")
            || start.startsWith("\u0089PNG\r\n\u001a\n")
            || start.startsWith("GIF87a")
            || start.startsWith("GIF89a")
            || start.startsWith("II*\0")
            || start.startsWith("MM\0*")
            || (start.startsWith("RIFF") && start.startsWith("WEBP", 8))
            || isBmp(start);
    if (image) {
      return IMAGE;
    }
    // a family of files, films too: the name of the first brand tells
    boolean other =
        start.startsWith("ftyp", 4)
            && Set.of("heic", "heix", "mif1", "msf1", "avif").contains(brand(start));
    return other || start.startsWith("\0\0\0\fjP  ") ? OTHER_IMAGE : NO_IMAGE;
  }

  private static String brand(String start) {
    return start.length() < 12 ? "" : start.substring(8, 12);
  }

  /** Two letters alone would do for many a text. */
  private static boolean isBmp(String start) {
    return start.startsWith("BM")
        && start.length() >= 18
        && start.startsWith("\0\0\0\0", 6)
        && start.startsWith("\0\0\0", 15)
        && BMP_HEADERS.contains((int) start.charAt(14));
  }
}
