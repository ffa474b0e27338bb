package io.convoy.format.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.convoy.error.ConvoyException;
import io.convoy.format.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers of a file, checked: as many as their dimensions say.
 *
 * @param dims none for one number
 * @param floats null where they are whole
 * @param longs null where they are not; {@link #BATCH} stands for the number of samples
 */
record OnnxTensor(List<Integer> dims, float[] floats, long[] longs) {
  /** Among whole numbers that a shape was taken from: the size of the batch. */
  static final long BATCH = Long.MIN_VALUE;

  private static final int MOST_DIMENSIONS = 8;

  OnnxTensor {
    dims = List.copyOf(dims);
  }

  static OnnxTensor of(float[] floats) {
    return new OnnxTensor(List.of(floats.length), floats, null);
  }

  static OnnxTensor of(long[] longs) {
    return new OnnxTensor(List.of(longs.length), null, longs);
  }

  int length() {
    return floats == null ? longs.length : floats.length;
  }

  OnnxTensor as(List<Integer> others) {
    return new OnnxTensor(others, floats, longs);
  }

  /**
   * Reads a tensor; memory is taken for no more numbers than the file holds.
   *
   * @param place the file and the tensor's name, for messages
   * @throws ConvoyException of kind DATA when it has another number of elements than its shape
   * @throws Refusal when its type is none that Convoy takes, or its numbers lie in another file
   */
  static OnnxTensor read(TensorProto tensor, String place) {
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw Refusal.of(
          "%s lies in a file of its own: save the model with its weights in one file", place);
    }
    long elements = 1;
    List<Integer> dims = new ArrayList<>();
    if (tensor.getDimsCount() > MOST_DIMENSIONS) {
      throw ConvoyException.data(
          "%s must have at most %d dimensions; it has %d",
          place, MOST_DIMENSIONS, tensor.getDimsCount());
    }
    for (long dim : tensor.getDimsList()) {
      if (dim < 0 || dim > Integer.MAX_VALUE || (dim > 0 && elements > Integer.MAX_VALUE / dim)) {
        throw ConvoyException.data(
            "%s must have less than 2^31 elements; its dimensions are %s",
            place, tensor.getDimsList());
      }
      elements *= dim;
      dims.add((int) dim);
    }
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    if (type == null) {
      throw ConvoyException.data("%s has no type: its number is %d", place, tensor.getDataType());
    }
    return switch (type) {
      case FLOAT -> floats(tensor, dims, (int) elements, place);
      case INT64 -> longs(tensor, dims, (int) elements, place);
      case INT32 -> ints(tensor, dims, (int) elements, place);
      case BOOL -> booleans(tensor, dims, (int) elements, place);
      case FLOAT16 -> halves(tensor, dims, (int) elements, ElementType.F16, place);
      case BFLOAT16 -> halves(tensor, dims, (int) elements, ElementType.BF16, place);
      case DOUBLE -> doubles(tensor, dims, (int) elements, place);
      default -> throw Refusal.of("%s is of type %s; Convoy takes float", place, type);
    };
  }

  private static OnnxTensor floats(TensorProto t, List<Integer> dims, int elements, String place) {
    ByteBuffer raw = raw(t, t.getFloatDataCount(), elements, Float.BYTES, place);
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = raw == null ? t.getFloatData(i) : raw.getFloat();
    }
    return new OnnxTensor(dims, values, null);
  }

  /** Of two bytes each; where they stand one by one, each is the lower half of a number. */
  private static OnnxTensor halves(
      TensorProto t, List<Integer> dims, int elements, ElementType type, String place) {
    ByteBuffer raw = raw(t, t.getInt32DataCount(), elements, type.bytes(), place);
    ByteBuffer one = ByteBuffer.allocate(type.bytes());
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      values[i] =
          type.next(raw == null ? one.putShort(0, (short) t.getInt32Data(i)).rewind() : raw);
    }
    return new OnnxTensor(dims, values, null);
  }

  private static OnnxTensor doubles(TensorProto t, List<Integer> dims, int elements, String place) {
    ByteBuffer raw = raw(t, t.getDoubleDataCount(), elements, Double.BYTES, place);
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = (float) (raw == null ? t.getDoubleData(i) : raw.getDouble());
    }
    return new OnnxTensor(dims, values, null);
  }

  private static OnnxTensor longs(TensorProto t, List<Integer> dims, int elements, String place) {
    ByteBuffer raw = raw(t, t.getInt64DataCount(), elements, Long.BYTES, place);
    long[] values = new long[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = raw == null ? t.getInt64Data(i) : raw.getLong();
    }
    return new OnnxTensor(dims, null, values);
  }

  private static OnnxTensor ints(TensorProto t, List<Integer> dims, int elements, String place) {
    ByteBuffer raw = raw(t, t.getInt32DataCount(), elements, Integer.BYTES, place);
    long[] values = new long[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = raw == null ? t.getInt32Data(i) : raw.getInt();
    }
    return new OnnxTensor(dims, null, values);
  }

  private static OnnxTensor booleans(
      TensorProto t, List<Integer> dims, int elements, String place) {
    ByteBuffer raw = raw(t, t.getInt32DataCount(), elements, 1, place);
    long[] values = new long[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = raw == null ? t.getInt32Data(i) : raw.get();
    }
    return new OnnxTensor(dims, null, values);
  }

  /** The bytes of the numbers; null where they stand one by one. */
  private static ByteBuffer raw(
      TensorProto tensor, int listed, int elements, int size, String place) {
    long there = tensor.hasRawData() ? tensor.getRawData().size() : (long) listed * size;
    if (there != (long) elements * size) {
      throw ConvoyException.data(
          "%s has dimensions %s, which take %d bytes; the file holds %d",
          place, tensor.getDimsList(), (long) elements * size, there);
    }
    return tensor.hasRawData()
        ? tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN)
        : null;
  }
}
