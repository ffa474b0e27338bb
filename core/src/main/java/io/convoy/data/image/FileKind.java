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
          text(0, "\u00ff\u00d8\u00ff", "a JPEG image"),
          text(0, "\u0089PNG", "a PNG image"),
          text(0, "GIF8", "a GIF image"),
          text(8, "WEBP", "a WebP image"),
          text(4, "ftypavif", "an AVIF image"),
          text(4, "ftypavis", "an AVIF image"),
          text(4, "ftyphei", "a HEIF image"),
          text(4, "ftyphev", "a HEIF image"),
          text(4, "ftyp", "a HEIF, AVIF or MP4 file"),
          text(4, "jP  \r\n", "a JPEG 2000 image"),
          text(0, "\u00ffO\u00ffQ", "a JPEG 2000 image"),
          text(4, "JXL \r\n", "a JPEG XL image"),
          text(0, "\u00ff\n", "a JPEG XL image"),
          text(0, "8BPS", "a Photoshop document"),
          text(0, "\0\0\1\0", "a Windows icon"),
          text(0, "II*\0", "a TIFF image"),
          text(0, "MM\0*", "a TIFF image"),
          text(0, "BM", "a BMP image"),
          text(0, "P4", "a PBM image"),
          text(0, "P5", "a PGM image"),
          text(0, "P6", "a PPM image"),
          text(0, "%PDF", "a PDF document"),
          text(0, "<svg", "an SVG drawing"),
          text(0, "<", "a page of the web or XML: an address may have answered with an error"));

  private record Signature(int offset, byte[] bytes, String name) {
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
    return new Signature(offset, characters.getBytes(StandardCharsets.ISO_8859_1), name);
  }

  /** The kind of a file that begins so; empty where nobody knows. */
  public static Optional<String> of(byte[] start) {
    return KNOWN.stream().filter(known -> known.matches(start)).map(Signature::name).findFirst();
  }
}
