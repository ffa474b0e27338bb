package io.convoy.data.folder;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.data.image.FileKind;
import io.convoy.data.image.ImageFormat;
import java.util.Locale;
import java.util.Set;

/**
 * What a file in a folder of images is, by the ending of its name and, where nobody knows the
 * ending, by its first bytes.
 */
public enum ImageName {
  /** An image; whether a whole one, decoding shows. */
  IMAGE,
  /** An image of a kind that Convoy does not decode. */
  OTHER_IMAGE,
  /** No image. */
  NO_IMAGE,
  /** Its first bytes have to say. */
  UNKNOWN;

  /** How many of the first bytes {@link #ofStart} wants. */
  public static final int START = FileKind.BYTES;

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

  /** Of a file of that name. */
  public static ImageName of(String name) {
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

  /** Of a file, whose first bytes are read where its name does not tell. */
  public static ImageName of(FileStore files, FileStore.Entry file) {
    ImageName byName = of(file.name());
    return byName == UNKNOWN ? ofStart(StoredFile.start(files, file.path(), START)) : byName;
  }

  /**
   * Of a file whose name does not tell.
   *
   * @param bytes the first {@link #START} of the file, or all it has
   * @return never {@link #UNKNOWN}
   */
  public static ImageName ofStart(byte[] bytes) {
    if (ImageFormat.of(bytes).isPresent()) {
      return IMAGE;
    }
    return FileKind.isOtherImage(bytes) ? OTHER_IMAGE : NO_IMAGE;
  }
}
