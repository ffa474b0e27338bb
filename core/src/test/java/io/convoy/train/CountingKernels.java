package io.convoy.train;

import io.convoy.kernel.ActivationKernels;
import io.convoy.kernel.DepthwiseCorrelation;
import io.convoy.kernel.DepthwiseGradient;
import io.convoy.kernel.DepthwiseWindows;
import io.convoy.kernel.FusedKernels;
import io.convoy.kernel.JpegKernels;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.PanelUpdate;
import io.convoy.kernel.PoolingKernels;
import io.convoy.kernel.ResamplingKernel;
import io.convoy.kernel.RowKernels;
import io.convoy.kernel.ScatteredProduct;
import io.convoy.kernel.ShardedProduct;
import io.convoy.kernel.WinogradForm;
import io.convoy.kernel.WinogradKernels;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Kernels that count their calls; for one thread. */
final class CountingKernels implements Kernels {
  private final Kernels kernels;
  private final String name = "counting " + UUID.randomUUID();
  private Map<String, Integer> calls = new TreeMap<>();

  CountingKernels(Kernels kernels) {
    this.kernels = kernels;
  }

  /** How often each kernel was called since this was asked last. */
  Map<String, Integer> takeCalls() {
    Map<String, Integer> taken = calls;
    calls = new TreeMap<>();
    return taken;
  }

  private <T> T counting(Class<T> contract, String which, T kernel) {
    return contract.cast(
        Proxy.newProxyInstance(
            contract.getClassLoader(),
            new Class<?>[] {contract},
            (proxy, method, arguments) -> {
              if (method.getReturnType()
                  == void.class) { // others tell something, and compute nothing
                calls.merge(which + " " + method.getName(), 1, Integer::sum);
              }
              try {
                return method.invoke(kernel, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /** Of this object alone: to a JVM that has warmed others, these are new. */
  @Override
  public String name() {
    return name;
  }

  @Override
  public int lanes() {
    return kernels.lanes();
  }

  @Override
  public int panelWidth() {
    return kernels.panelWidth();
  }

  @Override
  public ActivationKernels activations() {
    return counting(ActivationKernels.class, "activations", kernels.activations());
  }

  @Override
  public RowKernels rows() {
    return counting(RowKernels.class, "rows", kernels.rows());
  }

  @Override
  public FusedKernels fused() {
    return counting(FusedKernels.class, "fused", kernels.fused());
  }

  @Override
  public WinogradKernels winograd(WinogradForm form) {
    return counting(WinogradKernels.class, form.name(), kernels.winograd(form));
  }

  @Override
  public JpegKernels jpeg() {
    return counting(JpegKernels.class, "jpeg", kernels.jpeg());
  }

  @Override
  public PoolingKernels pooling() {
    return counting(PoolingKernels.class, "pooling", kernels.pooling());
  }

  @Override
  public ResamplingKernel resampling() {
    return counting(ResamplingKernel.class, "resampling", kernels.resampling());
  }

  @Override
  public PanelProduct product(int termStep, int rowStep, int panelStep, int width) {
    String which = "product %s %s %s %s".formatted(termStep, rowStep, panelStep, width);
    PanelProduct product = kernels.product(termStep, rowStep, panelStep, width);
    return counting(PanelProduct.class, which, product);
  }

  @Override
  public ScatteredProduct scattered(int rowStep, int panelStep, int width, int rows) {
    String which = "scattered %s %s %s".formatted(rowStep, panelStep, width);
    ScatteredProduct product = kernels.scattered(rowStep, panelStep, width, rows);
    return counting(ScatteredProduct.class, which, product);
  }

  @Override
  public PanelUpdate update(int panelStep, int outStep) {
    String which = "update %s %s".formatted(panelStep, outStep);
    return counting(PanelUpdate.class, which, kernels.update(panelStep, outStep));
  }

  @Override
  public ShardedProduct sharded() {
    return counting(ShardedProduct.class, "sharded", kernels.sharded());
  }

  @Override
  public DepthwiseCorrelation depthwise(DepthwiseWindows windows) {
    return counting(DepthwiseCorrelation.class, "depthwise", kernels.depthwise(windows));
  }

  @Override
  public DepthwiseGradient depthwiseGradient(DepthwiseWindows windows) {
    return counting(DepthwiseGradient.class, "depthwise", kernels.depthwiseGradient(windows));
  }
}
