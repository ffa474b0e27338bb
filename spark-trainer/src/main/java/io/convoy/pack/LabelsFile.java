package io.convoy.pack;

import io.convoy.digest.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Writes the file of all labels of a set, part by part; and the parts. */
public final class LabelsFile {
  /** What it is called in the set's folder. */
  public static final String NAME = PackedLabels.FILE;

  private final OutputStream out;
  private final MessageDigest digest = Sha256.digest();

  public LabelsFile(OutputStream out) {
    this.out = out;
  }

  /** The labels of a part, as {@link #add} takes them. */
  public static byte[] part(int[] labels, int classes) {
    return PackedLabels.bytes(labels, classes);
  }

  /** Adds the labels of the next part. */
  public void add(byte[] part) throws IOException {
    out.write(part);
    digest.update(part);
  }

  /** SHA-256 of all that was added, for the set's description. Nothing can be added any more. */
  public String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
