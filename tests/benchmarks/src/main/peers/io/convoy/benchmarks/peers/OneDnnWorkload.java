package io.convoy.benchmarks.peers;

import io.convoy.benchmarks.layers.Direction;
import io.convoy.benchmarks.layers.Operands;
import io.convoy.benchmarks.layers.Problem;
import io.convoy.benchmarks.layers.Workload;
import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;

/** The primitives of one problem, each with its operands in the layouts that it prefers. */
final class OneDnnWorkload implements Workload {
  private final Natives natives = new Natives();
  private final engine processor;
  private final stream queue;
  private final OneDnnPrimitives primitives;
  private final Map<Direction, Computation> computations = new EnumMap<>(Direction.class);

  /**
   * A primitive ready to run.
   *
   * @param result where it writes, in its own layout
   * @param plain the layout that the result is read in
   */
  private record Computation(
      primitive primitive, IntMemoryMap arguments, memory result, memory.desc plain) {}

  OneDnnWorkload(Problem problem, Operands operands, engine processor, stream queue) {
    this.processor = processor;
    this.queue = queue;
    this.primitives = new OneDnnPrimitives(problem, processor, natives);
    memory input = plain(primitives.plainInput(), operands.input());
    memory weights = plain(primitives.plainWeights(), operands.weights());
    memory outputGradient = plain(primitives.plainOutput(), operands.outputGradient());
    for (Direction direction : problem.directions()) {
      OneDnnPrimitives.Made made = primitives.make(direction);
      memory result = natives.keep(new memory(made.result(), processor));
      IntMemoryMap arguments = natives.keep(new IntMemoryMap());
      switch (direction) {
        case FORWARD -> {
          put(arguments, dnnl.DNNL_ARG_SRC, input, made.first());
          put(arguments, dnnl.DNNL_ARG_WEIGHTS, weights, made.second());
          arguments.put(dnnl.DNNL_ARG_DST, result);
        }
        case BACKWARD_DATA -> {
          put(arguments, dnnl.DNNL_ARG_DIFF_DST, outputGradient, made.first());
          put(arguments, dnnl.DNNL_ARG_WEIGHTS, weights, made.second());
          arguments.put(dnnl.DNNL_ARG_DIFF_SRC, result);
        }
        case BACKWARD_WEIGHTS -> {
          put(arguments, dnnl.DNNL_ARG_DIFF_DST, outputGradient, made.first());
          put(arguments, dnnl.DNNL_ARG_SRC, input, made.second());
          arguments.put(dnnl.DNNL_ARG_DIFF_WEIGHTS, result);
        }
      }
      computations.put(
          direction, new Computation(made.primitive(), arguments, result, made.plainResult()));
    }
  }

  private memory plain(memory.desc layout, float[] values) {
    return natives.keep(new memory(layout, processor, natives.copy(values)));
  }

  private void put(IntMemoryMap arguments, int argument, memory plain, memory.desc preferred) {
    memory own = natives.keep(new memory(preferred, processor));
    reorder(plain, own);
    arguments.put(argument, own);
  }

  private void reorder(memory from, memory to) {
    try (reorder copy = new reorder(from, to)) {
      copy.execute(queue, from, to);
      queue._wait();
    }
  }

  @Override
  public long nanos(Direction direction) {
    Computation computation = computations.get(direction);
    long start = System.nanoTime();
    computation.primitive().execute(queue, computation.arguments());
    queue._wait();
    return System.nanoTime() - start;
  }

  @Override
  public float[] result(Direction direction) {
    Computation computation = computations.get(direction);
    int length = primitives.elements(direction);
    try (FloatPointer values = new FloatPointer((long) length);
        memory plain = new memory(computation.plain(), processor, values)) {
      reorder(computation.result(), plain);
      return Natives.read(values, length);
    }
  }

  @Override
  public void close() {
    natives.close();
  }
}
