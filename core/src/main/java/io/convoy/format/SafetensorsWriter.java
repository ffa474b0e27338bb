package io.convoy.format;

import io.convoy.digest.Sha256;
import io.convoy.format.SafetensorsHeader.NamedShape;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/**
 * Writes F32 tensors as a safetensors file, in the given order, to any stream. The file may exceed
 * 2 GB; beyond its header it takes a buffer of 64 KB.
 */
public final class SafetensorsWriter {
  private final List<TensorSlice> tensors;
  private final SafetensorsHeader header;
  private final byte[] head;

  /**
   * Plans the file.
   *
   * @param tensors what to write, in this order
   * @param metadata free strings about the file
   * @throws io.convoy.error.ConvoyException when two tensors have one name
   */
  public SafetensorsWriter(List<TensorSlice> tensors, Map<String, String> metadata) {
    this.tensors = List.copyOf(tensors);
    this.header =
        SafetensorsHeader.of(
            tensors.stream().map(t -> new NamedShape(t.name(), t.shape())).toList(), metadata);
    this.head = header.encode();
  }

  /** Bytes of the whole file. */
  public long length() {
    return head.length + header.dataLength();
  }

  /**
   * Writes the file and leaves the stream open.
   *
   * @return SHA-256 of the data section, in hexadecimal
   */
  public String write(OutputStream out) throws IOException {
    out.write(head);
    LittleEndianFloats floats = new LittleEndianFloats();
    MessageDigest digest = Sha256.digest();
    for (TensorSlice tensor : tensors) {
      int elements = tensor.shape().elements();
      floats.write(out, digest, tensor.array(), tensor.offset(), elements);
    }
    return Sha256.hex(digest);
  }
}
