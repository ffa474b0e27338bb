package io.convoy.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  /** Written out by hand from the format's description; no code of ours took part. */
  private static final String BY_HAND =
      "{\"__metadata__\":{\"format\":\"pt\"},"
          + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
          + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[4,12]}}";

  @Test
  void anIndependentReaderFindsWhatWasWritten() throws Exception {
    float[] array = {9, 1.5f, -0.0f, Float.MIN_VALUE, 3.25f, 8};
    List<TensorSlice> tensors =
        List.of(
            new TensorSlice("zeta.weight", Shape.of(3, 1), array, 1),
            new TensorSlice("größe \"quoted\"", Shape.of(1), array, 4));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafetensorsWriter writer = new SafetensorsWriter(tensors, Map.of("step", "7"));
    String sha256 = writer.write(out);

    ByteBuffer file = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(writer.length(), file.capacity());
    int headerLength = (int) file.getLong();
    assertEquals(0, headerLength % 8, "the data must start at a multiple of 8");
    byte[] json = new byte[headerLength];
    file.get(json);
    JsonNode header = new ObjectMapper().readTree(json);
    List<String> keys = new ArrayList<>();
    header.fieldNames().forEachRemaining(keys::add);
    assertEquals(List.of("__metadata__", "zeta.weight", "größe \"quoted\""), keys);
    assertEquals("7", header.get("__metadata__").get("step").textValue());
    assertEquals("[3,1]", header.get("zeta.weight").get("shape").toString());
    assertEquals("[0,12]", header.get("zeta.weight").get("data_offsets").toString());
    assertEquals("[12,16]", header.get("größe \"quoted\"").get("data_offsets").toString());
    assertEquals("F32", header.get("zeta.weight").get("dtype").textValue());

    byte[] data = new byte[file.remaining()];
    file.duplicate().get(data);
    assertEquals(1.5f, file.getFloat());
    assertEquals(0x80000000, file.getInt(), "the sign of zero is kept");
    assertEquals(1, file.getInt(), "subnormals are kept");
    assertEquals(3.25f, file.getFloat());
    assertEquals(0, file.remaining());
    assertEquals(
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data)), sha256);
  }

  @Test
  void aFileWrittenByHandIsRead() throws IOException {
    byte[] file = file(BY_HAND, 1f, 2f, 3f);
    SafetensorsReader reader = open(file);
    assertEquals(Map.of("format", "pt"), reader.header().metadata());
    assertEquals("b", reader.header().tensors().get(0).name());
    assertEquals(List.of(2L, 1L), reader.header().tensors().get(1).shape());
    float[] into = new float[4];
    reader.read(
        List.of(
            new TensorSlice("b", Shape.of(1), into, 3),
            new TensorSlice("a", Shape.of(2, 1), into, 0)));
    assertArrayEquals(new float[] {2, 3, 0, 1}, into);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 13, 207, 16_383, 16_384, 16_385, 50_021})
  void bitsSurviveTheRoundTripAtOddSizes(int size) throws IOException {
    float[] written = new float[size + 3];
    for (int i = 0; i < written.length; i++) {
      written[i] = Float.intBitsToFloat(i * 0x9E3779B1 & 0xFF7FFFFF);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String sha256 =
        new SafetensorsWriter(
                List.of(
                    new TensorSlice("x", Shape.of(size), written, 2),
                    new TensorSlice("y", Shape.of(1, 2), written, 0)),
                Map.of())
            .write(out);
    float[] read = new float[size + 3];
    read[size + 2] = written[size + 2];
    String again =
        open(out.toByteArray())
            .read(
                List.of(
                    new TensorSlice("x", Shape.of(size), read, 2),
                    new TensorSlice("y", Shape.of(1, 2), read, 0)));
    assertArrayEquals(bits(written), bits(read));
    assertEquals(sha256, again);
  }

  @Test
  void aFileWithoutTensorsIsValid() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SafetensorsWriter(List.of(), Map.of()).write(out);
    assertEquals(16, out.size());
    SafetensorsReader reader = open(out.toByteArray());
    assertEquals(List.of(), reader.header().tensors());
    assertEquals(LittleEndianFloats.sha256(new float[0]), reader.read(List.of()));
  }

  @Test
  void offsetsBeyondTwoGigabytesAreRight() throws IOException {
    Shape large = Shape.of(600_000_000);
    SafetensorsHeader header =
        SafetensorsHeader.of(
            List.of(
                new SafetensorsHeader.NamedShape("one", large),
                new SafetensorsHeader.NamedShape("two", large)),
            Map.of());
    assertEquals(4_800_000_000L, header.dataLength());
    byte[] head = header.encode();
    SafetensorsHeader read =
        SafetensorsReader.open(
                new ByteArrayInputStream(head), head.length + 4_800_000_000L, "large.safetensors")
            .header();
    assertEquals(header, read);
    assertEquals(2_400_000_000L, read.tensors().get(1).begin());
    assertEquals(600_000_000L, read.tensors().get(1).elements());
  }

  @Test
  void twoTensorsOfOneNameAreNotWritten() {
    float[] array = new float[2];
    List<TensorSlice> twins =
        List.of(
            new TensorSlice("w", Shape.of(1), array, 0),
            new TensorSlice("w", Shape.of(1), array, 1));
    assertThrows(ConvoyException.class, () -> new SafetensorsWriter(twins, Map.of()));
    assertThrows(IllegalArgumentException.class, () -> new TensorSlice("w", Shape.of(2), array, 1));
  }

  @Test
  void slicesMustBeThoseOfTheHeader() throws IOException {
    SafetensorsReader reader = open(file(BY_HAND, 1f, 2f, 3f));
    List<TensorSlice> other = List.of(new TensorSlice("b", Shape.of(1), new float[1], 0));
    assertThrows(IllegalArgumentException.class, () -> reader.read(other));
  }

  @Test
  void aFileCutInItsDataIsNamed() throws IOException {
    byte[] whole = file(BY_HAND, 1f, 2f, 3f);
    SafetensorsReader reader =
        SafetensorsReader.open(
            new ByteArrayInputStream(whole, 0, whole.length - 1), whole.length, "w.safetensors");
    float[] into = new float[3];
    List<TensorSlice> slices =
        List.of(
            new TensorSlice("b", Shape.of(1), into, 0),
            new TensorSlice("a", Shape.of(2, 1), into, 1));
    ConvoyException error = assertThrows(ConvoyException.class, () -> reader.read(slices));
    assertEquals(
        "w.safetensors: the file ends within tensor a; its header announces 12 bytes of data",
        error.getMessage());
  }

  static SafetensorsReader open(byte[] file) throws IOException {
    return SafetensorsReader.open(new ByteArrayInputStream(file), file.length, "w.safetensors");
  }

  static byte[] file(String json, float... data) {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length + 4 * data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header);
    for (float value : data) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
