package io.convoy.operation.winograd;

import static io.convoy.kernel.Winograd.PLANES;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.WinogradForm;
import io.convoy.kernel.WinogradKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.operation.Epilogue;
import io.convoy.operation.correlation.ConvolutionPass;
import io.convoy.operation.correlation.Correlation;
import io.convoy.operation.correlation.PackedWeights;
import io.convoy.operation.correlation.PixelGrid;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Scratch;
import java.util.Arrays;

/**
 * A convolution at stride 1 by {@link WinogradKernels}: tiles, transformed channel by channel, are
 * multiplied with transformed weights, plane by plane. Serves forward, and backward for data.
 *
 * <p>The order of a sum over channels is fixed by the shape. Threads share out blocks of tiles, or
 * panels where tiles are few. Where a pass over all tiles is one block, transformed weights would
 * be read once only: they are then made when their turn comes, and stay in the cache.
 */
public final class WinogradConvolution implements ConvolutionPass {
  /** Channels of a slice at the most: its part of a weight panel stays close by. */
  private static final int SLICE = 128;

  /** Channels of a slice are whole cache lines. */
  private static final int LINE = 16;

  private static final int CACHED_CHANNELS = 64;
  private static final int SHORT_BLOCK = 48;
  private static final int LONG_BLOCK = 96;

  private final WinogradKernels kernels;
  private final WorkPool pool;
  private final Correlation pass;
  private final PackedWeights weights;
  private final Arena.Slice transformed;
  private final PanelProduct[] products;
  private final int distance;
  private final int slices;
  private final WinogradTiles tiling;

  /** Tiles of a block as a rule, and at the most. */
  private final int usual;

  private final int blockTiles;
  private final int blockRows;
  private final int inputPlane;
  private final int outputPlane;
  private final Scratch[] scratch;
  private final int outputStart;
  private final int workStart;
  private final int packedStart;
  private final int weightStart;

  /** Whether transformed weights are made once for many passes. */
  private final boolean kept;

  private final float[] zeros;
  private final WorkPool.Block block = this::runBlock;
  private final WorkPool.Block loadBlock = this::loadSlice;
  private float[] loaded;
  private int loadedOffset;
  private float[] bias;
  private int biasOffset;
  private int tiles;
  private int blocks;
  private int panelGroups;
  private Epilogue epilogue;

  /**
   * @param capacity samples at the most
   * @param inference whether many passes will have the same weights
   */
  public WinogradConvolution(
      WinogradForm form,
      Correlation pass,
      PackedWeights weights,
      int capacity,
      boolean inference,
      Kernels kernels,
      WorkPool pool,
      Arena arena) {
    this.kernels = kernels.winograd(form);
    this.pool = pool;
    this.pass = pass;
    this.weights = weights;
    int inputs = weights.inputs();
    slices = (inputs + SLICE - 1) / SLICE;
    distance = roundUp((inputs + slices - 1) / slices, LINE);
    products = weights.products(1, distance);
    tiling = new WinogradTiles(form, pass.to(), kernels);
    usual = inputs <= CACHED_CHANNELS ? SHORT_BLOCK : LONG_BLOCK;
    int all = capacity * tiling.count();
    blockTiles = Math.min(usual * 5 / 4, all);
    blockRows = blockTiles + Kernels.SPARE_ROWS;
    inputPlane = WinogradTiles.planeStep(slices * blockRows * distance);
    outputPlane = WinogradTiles.planeStep(blockRows * kernels.panelWidth());
    outputStart = PLANES * inputPlane;
    workStart = outputStart + PLANES * outputPlane;
    packedStart = Scratch.aligned(workStart + WinogradTiles.workFloats(distance));
    weightStart = packedStart + weights.taps() * distance * kernels.panelWidth();
    kept = all > usual || inference;
    long needed = weightStart + (kept ? 0L : PLANES * (long) weightPlane());
    scratch = arena.scratch(pool.threads(), needed);
    transformed = kept ? arena.take(weights.length() / weights.taps() * PLANES) : null;
    zeros = arena.floats(Math.max(weights.groups() * weights.outputs(), kernels.panelWidth()));
  }

  private static int roundUp(int value, int unit) {
    return (value + unit - 1) / unit * unit;
  }

  @Override
  public void load(float[] weightsOIHW, int offset) {
    loaded = weightsOIHW;
    loadedOffset = offset;
    if (kept) {
      pool.run(weights.groups() * weights.panels() * slices, loadBlock);
    }
  }

  private void loadSlice(int index, int thread) {
    int slice = index % slices;
    int panel = index / slices % weights.panels();
    int group = index / slices / weights.panels();
    int plane = weights.inputs() * weights.width(panel);
    int to = panelStart(group, panel) + slice * distance * weights.width(panel);
    transformWeights(group, panel, slice, thread, transformed.data(), to, plane);
  }

  private void transformWeights(
      int group, int panel, int slice, int thread, float[] to, int start, int planeStep) {
    float[] data = scratch[thread].data();
    int packed = scratch[thread].offset() + packedStart;
    int work = scratch[thread].offset() + workStart;
    int width = weights.width(panel);
    int tap = length(slice) * width;
    if (weights.columns(panel) < width) {
      Arrays.fill(data, packed, packed + weights.taps() * tap, 0f);
    }
    weights.packPanel(
        loaded, loadedOffset, group, panel, slice * distance, length(slice), data, packed);
    for (int row = 0; row < tap; row += width) {
      kernels.weights(data, packed + row, tap, to, start + row, planeStep, width, data, work);
    }
  }

  /** Floats from one plane of a slice's weights to the next. */
  private int weightPlane() {
    return WinogradTiles.planeStep(distance * weights.width(0));
  }

  /** Where a panel's kept weights start: {@code [plane][input][width]}. */
  private int panelStart(int group, int panel) {
    return transformed.offset() + weights.start(group, panel) / weights.taps() * PLANES;
  }

  @Override
  public void run(int samples, float[] bias, int biasOffset, Epilogue epilogue) {
    this.bias = bias == null ? zeros : bias;
    this.biasOffset = bias == null ? 0 : biasOffset;
    tiles = samples * tiling.count();
    blocks = blocks();
    int joined = blocks * weights.groups();
    int wanted = (2 * pool.threads() + joined - 1) / joined;
    boolean even = joined % pool.threads() == 0;
    panelGroups = even ? 1 : Math.min(weights.panels(), wanted);
    this.epilogue = epilogue;
    if (epilogue != null) {
      epilogue.begin(samples, panelGroups * weights.groups());
    }
    pool.run(joined * panelGroups, block);
  }

  private void runBlock(int index, int thread) {
    int part = index % panelGroups;
    int group = index / panelGroups % weights.groups();
    int number = index / panelGroups / weights.groups();
    int first = firstTile(number);
    int count = firstTile(number + 1) - first;
    int firstPanel = part * weights.panels() / panelGroups;
    int lastPanel = (part + 1) * weights.panels() / panelGroups;
    float[] data = scratch[thread].data();
    int base = scratch[thread].offset();
    for (int tile = 0; tile < count; tile++) {
      transformInput(group, first + tile, data, base, tile);
    }
    for (int panel = firstPanel; panel < lastPanel; panel++) {
      multiply(group, panel, count, thread);
      for (int tile = 0; tile < count; tile++) {
        transformOutput(group, panel, first + tile, data, base, tile);
      }
    }
    for (int tile = first; epilogue != null && tile < first + count; tile++) {
      int rows = tiling.rows(tile);
      epilogue.written(tiling.image(tile), tiling.top(tile), rows, tiling.columns(tile), thread);
    }
  }

  /** As many for each thread, and rather some longer ones than more of them. */
  private int blocks() {
    int fewer = tiles / usual / pool.threads() * pool.threads();
    boolean fits = (long) fewer * blockTiles >= tiles;
    return fits ? fewer : Math.min(tiles, pool.evenly((tiles + usual - 1) / usual));
  }

  /** Where a block begins: blocks are equally long, or nearly so. */
  private int firstTile(int number) {
    return (int) ((long) number * tiles / blocks);
  }

  private void transformInput(int group, int tile, float[] data, int base, int row) {
    for (int slice = 0; slice < slices; slice++) {
      int to = base + (slice * blockRows + row) * distance;
      tiling.input(
          pass.from(),
          pass.offsets()[0],
          tile,
          group * weights.inputs() + slice * distance,
          length(slice),
          data,
          base + workStart,
          to,
          inputPlane);
    }
  }

  /** Channels of a slice. */
  private int length(int slice) {
    return Math.min(distance, weights.inputs() - slice * distance);
  }

  private void multiply(int group, int panel, int count, int thread) {
    int width = weights.width(panel);
    if (kept) {
      int plane = weights.inputs() * width;
      for (int i = 0; i < PLANES; i++) {
        for (int slice = 0; slice < slices; slice++) {
          int from = panelStart(group, panel) + i * plane + slice * distance * width;
          multiply(panel, i, slice, transformed.data(), from, count, thread);
        }
      }
      return;
    }
    float[] data = scratch[thread].data();
    int start = scratch[thread].offset() + weightStart;
    for (int slice = 0; slice < slices; slice++) {
      transformWeights(group, panel, slice, thread, data, start, weightPlane());
      for (int i = 0; i < PLANES; i++) {
        multiply(panel, i, slice, data, start + i * weightPlane(), count, thread);
      }
    }
  }

  private void multiply(
      int panel, int plane, int slice, float[] weight, int weightStart, int count, int thread) {
    float[] data = scratch[thread].data();
    int base = scratch[thread].offset();
    int width = weights.width(panel);
    int out = base + outputStart + plane * outputPlane;
    boolean begins = slice == 0;
    products[panel].multiply(
        length(slice),
        data,
        base + plane * inputPlane + slice * blockRows * distance,
        weight,
        weightStart,
        begins ? zeros : data,
        begins ? 0 : out,
        begins ? 0 : width,
        data,
        out,
        width,
        count);
  }

  private void transformOutput(int group, int panel, int tile, float[] data, int base, int row) {
    PixelGrid to = pass.to();
    int channel = weights.channel(group, panel);
    kernels.output(
        data,
        base + outputStart + row * weights.width(panel),
        outputPlane,
        bias,
        biasOffset + channel,
        to.data(),
        tiling.start(to, tile) + channel,
        to.rowStep(),
        to.columnStep(),
        tiling.rows(tile),
        tiling.columns(tile),
        weights.columns(panel),
        data,
        base + workStart);
  }
}
