package io.convoy.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers that nobody should believe; each has one fault and gets a message that says which. */
class SafetensorsMalformedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | starts with '{'",
        "{\"a\" | the safetensors header: this is not JSON (line 1, column 5)",
        "{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}} | tensor a has dtype C64;"
            + " Convoy knows [F32, F16, BF16, F64, BOOL",
        "{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}} | tensor a has dtype missing",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | tensor a: shape [3] in"
            + " F32 does not fill data_offsets [0, 8], which hold 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,0.5],\"data_offsets\":[0,8]}} |"
            + " tensor a: shape must be an array of whole numbers",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967297],\"data_offsets\":[0,8]}} |"
            + " tensor a: shape [4294967296, 4294967297] in F32 does not fill",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | tensor a: shape must"
            + " be an array of whole numbers, at least 0; got -2",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}} | tensor a: data_offsets must be an array of"
            + " whole numbers, at least 0; got nothing",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}} | tensor a: data_offsets"
            + " must be [begin, end] with 0 <= begin <= end <= 8 (bytes of data in the file); got"
            + " [0, 16]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,4]}} | tensor a: data_offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | tensor a begins at byte"
            + " 4 of the data, but the tensors before it end at 0: the data section allows no hole",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | tensor b begins at"
            + " byte 4 of the data, but the tensors before it end at 8: the data section allows no"
            + " overlap",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | the header's tensors"
            + " end at byte 4 of the data, the file holds 8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | the safetensors"
            + " header: the key 'a' stands twice (line 1, column 58)",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"shape\":[2],\"data_offsets\":[0,8]}} | the"
            + " safetensors header: the key 'shape' stands twice",
        "{\"__metadata__\":{\"a\":1}} | __metadata__ must map strings to strings",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}{} | only spaces may"
            + " follow",
      })
  void oneFaultOneMessage(String json, String message) {
    ConvoyException error =
        assertThrows(
            ConvoyException.class, () -> SafetensorsTest.open(SafetensorsTest.file(json, 1f, 2f)));
    assertEquals(ConvoyException.Kind.DATA, error.kind());
    assertTrue(
        error.getMessage().startsWith("w.safetensors: ") && error.getMessage().contains(message),
        error.getMessage());
  }

  /** What is wrong is told in a few words, however much of it there is. */
  @Test
  void anAbsurdHeaderIsToldInShort() {
    String long64 = "1,".repeat(63) + "3";
    String many = "1,".repeat(100_000) + "3";
    String name = "n".repeat(10_000);
    for (String json :
        List.of(
            "{'a':{'dtype':'F32','shape':[%s],'data_offsets':[0,8]}}".formatted(long64),
            "{'a':{'dtype':'F32','shape':[%s],'data_offsets':[0,8]}}".formatted(many),
            "{'a':{'dtype':'F32','shape':[2],'data_offsets':[%s]}}".formatted(many),
            "{'a':{'dtype':'%s','shape':[2],'data_offsets':[0,8]}}".formatted(name),
            "{'a':{'dtype':'F32','shape':'%s','data_offsets':[0,8]}}".formatted(name),
            "{'%s':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}".formatted(name),
            "{'%s':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}".formatted(name),
            "{'a':{'%1$s':1,'%1$s':2}}".formatted(name))) {
      ConvoyException error =
          assertThrows(
              ConvoyException.class,
              () -> SafetensorsTest.open(SafetensorsTest.file(json.replace('\'', '"'), 1f, 2f)));
      assertEquals(ConvoyException.Kind.DATA, error.kind());
      assertTrue(error.getMessage().length() < 300, error.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({"101", "-1", "9223372036854775807", "100000001"})
  void aHeaderThatClaimsTooMuchTakesNoMemory(long claimed) {
    byte[] file = new byte[108];
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(claimed);
    ConvoyException error = assertThrows(ConvoyException.class, () -> SafetensorsTest.open(file));
    assertEquals(
        "w.safetensors: the safetensors header must fit into the file of 108 bytes and into"
            + " 100000000 bytes; it claims "
            + Long.toUnsignedString(claimed),
        error.getMessage());
  }

  /** Four bytes without zeros but one look like UTF-32 to a parser of JSON. */
  @Test
  void aHeaderInAnotherEncodingIsRefused() {
    ByteBuffer file = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(8);
    file.put(new byte[] {'{', 0, 0, 0, '{', '"', '`', '"'});
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> SafetensorsTest.open(file.array()));
    assertEquals(ConvoyException.Kind.DATA, error.kind());
    assertEquals(
        "w.safetensors: the safetensors header: this is not JSON: its text is not in UTF-8",
        error.getMessage());
  }

  @Test
  void theLimitHoldsInLargeFilesToo() {
    byte[] prefix =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(100_000_001).array();
    assertThrows(
        ConvoyException.class,
        () -> SafetensorsReader.open(new ByteArrayInputStream(prefix), 1L << 40, "w.safetensors"));
  }

  @Test
  void aFileShorterThanItsPrefixIsNamed() {
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> SafetensorsTest.open(new byte[7]));
    assertEquals(
        "w.safetensors: a safetensors file has at least 8 bytes; got 7", error.getMessage());
  }

  /** Random damage to a header ends in a header or in one error of ours, in nothing else. */
  @Test
  void noDamageEscapesAsAnotherError() throws Exception {
    byte[] whole =
        SafetensorsTest.file(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 1f, 2f);
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      for (int hits = random.nextInt(3); hits >= 0; hits--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        SafetensorsTest.open(damaged);
      } catch (ConvoyException expected) {
        assertEquals(ConvoyException.Kind.DATA, expected.kind());
      }
    }
  }
}
