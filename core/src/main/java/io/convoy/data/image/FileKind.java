package io.convoy.data.image;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a file is, by its first bytes, where it is not what it was taken for. */
public final class FileKind {
  /** How many bytes tell it. */
  public static final int BYTES = 264;

  private static final String FETCH_LFS =
      "a pointer of Git LFS in place of the file: fetch the file by git lfs pull";

  /** The first bytes of known files; those that are told by longer ones go first. */
  private static final List<Signature> KNOWN =
      List.of(
          text(0, "version https://git-lfs.github.com/spec/", FETCH_LFS),
          text(257, "ustar", "a tar archive: unpack it"),
          text(0, "PK\3\4", "a ZIP archive: unpack it"),
          text(0, "\u001f\u008b", "compressed by gzip: unpack it"),
          text(0, "BZh", "compressed by bzip2: unpack it"),
          text(0, "\u00fd7zXZ", "compressed by xz: unpack it"),
          text(0, "\u0080\2", "a Python pickle"),
          text(0, "\u0080\3", "a Python pickle"),
          text(0, "\u0080\4", "a Python pickle"),
          text(0, "\u0080\5", "a Python pickle"),
          text(0, "\u0093NUMPY", "a NumPy array"),
          text(0, "\u0089HDF", "an HDF5 file"),
          text(0, "PAR1", "a Parquet file"),
          text(0, "MATLAB", "a MATLAB file"),
          image(4, "ftypavif", "an AVIF image"),
          image(4, "ftypavis", "an AVIF image"),
          image(4, "ftyphei", "a HEIF image"),
          image(4, "ftyphev", "a HEIF image"),
          image(4, "ftypmif1", "a HEIF image"),
          image(4, "ftypmsf1", "a HEIF image"),
          text(4, "ftyp", "a HEIF, AVIF or MP4 file"),
          image(4, "jP  \r\n", "a JPEG 2000 image"),
          image(0, "\u00ffO\u00ffQ", "a JPEG 2000 image"),
          image(4, "JXL \r\n", "a JPEG XL image"),
          image(0, "\u00ff\n", "a JPEG XL image"),
          image(0, "8BPS", "a Photoshop document"),
          image(0, "\0\0\1\0", "a Windows icon"),
          image(0, "P4\n", "a PBM image"),
          image(0, "P5\n", "a PGM image"),
          image(0, "P6\n", "a PPM image"),
          text(0, "%PDF", "a PDF document"),
          image(0, "<svg", "an SVG drawing"),
          text(0, "<", "a page of the web or XML: an address may have answered with an error"));

  /**
   * @param image whether it is a picture, of a format that is not read
   */
  private record Signature(int offset, byte[] bytes, String name, boolean image) {
    boolean matches(byte[] start) {
      if (start.length < offset + bytes.length) {
        return false;
      }
      for (int i = 0; i < bytes.length; i++) {
        if (start[offset + i] != bytes[i]) {
          return false;
        }
      }
      return true;
    }
  }

  private FileKind() {}

  private static Signature text(int offset, String characters, String name) {
    return new Signature(offset, characters.getBytes(StandardCharsets.ISO_8859_1), name, false);
  }

  private static Signature image(int offset, String characters, String name) {
    return new Signature(offset, characters.getBytes(StandardCharsets.ISO_8859_1), name, true);
  }

  /** The kind of a file that begins so; empty where nobody knows. */
  public static Optional<String> of(byte[] start) {
    return known(start)
        .map(Signature::name)
        .or(() -> ImageFormat.of(start).map(format -> "a " + format.title() + " image"));
  }

  /** Whether a file that begins so is a picture, but of a format that is not read. */
  public static boolean isOtherImage(byte[] start) {
    return known(start).filter(Signature::image).isPresent();
  }

  private static Optional<Signature> known(byte[] start) {
    return KNOWN.stream().filter(known -> known.matches(start)).findFirst();
  }
}
