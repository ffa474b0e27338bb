package io.convoy.kernel.provider;

import io.convoy.error.ConvoyException;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.scalar.ScalarKernels;
import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernels of this JVM: chosen once, with the reason logged. {@code
 * -Dconvoy.kernels=scalar|simd} and {@code -Dconvoy.lanes=4|8|16} force a choice (for tests:
 * results never change).
 */
public final class KernelProvider {
  private static final Logger LOG = LoggerFactory.getLogger(KernelProvider.class);
  private static final String MODULE = "jdk.incubator.vector";
  private static final String SIMD = "io.convoy.kernel.simd.SimdKernels";

  private KernelProvider() {}

  /**
   * @throws ConvoyException when the processor has no fused multiply-add, or when what is forced is
   *     not to be had
   */
  public static Kernels kernels() {
    if (Holder.REFUSAL != null) {
      throw new ConvoyException(Holder.REFUSAL.kind(), Holder.REFUSAL.getMessage(), Holder.REFUSAL);
    }
    return Holder.KERNELS;
  }

  /** Keeps a refusal too: thrown by the initializer, it would only be seen as a broken class. */
  private static final class Holder {
    static final Kernels KERNELS;
    static final ConvoyException REFUSAL;

    static {
      Kernels chosen = null;
      ConvoyException refusal = null;
      try {
        chosen = choose();
      } catch (ConvoyException e) {
        refusal = e;
      }
      KERNELS = chosen;
      REFUSAL = refusal;
    }
  }

  private static Kernels choose() {
    requireFusedMultiplyAdd();
    String forced = System.getProperty("convoy.kernels", "");
    if (!Set.of("", "scalar", "simd").contains(forced)) {
      throw ConvoyException.usage("convoy.kernels must be scalar or simd; got '%s'", forced);
    }
    String lanes = System.getProperty("convoy.lanes", "");
    if (!Set.of("", "4", "8", "16").contains(lanes)) {
      throw ConvoyException.usage("convoy.lanes must be 4, 8 or 16; got '%s'", lanes);
    }
    if (forced.equals("scalar")) {
      LOG.info("kernels: scalar, as -Dconvoy.kernels=scalar asks");
      return new ScalarKernels();
    }
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      if (forced.equals("simd")) {
        throw ConvoyException.usage(
            "convoy.kernels=simd needs the module %s: start the JVM with --add-modules %s",
            MODULE, MODULE);
      }
      LOG.warn(
          "kernels: scalar, many times slower, since this JVM runs without the module {}: start it"
              + " with --add-modules {} (spark.driver.extraJavaOptions and"
              + " spark.executor.extraJavaOptions on Spark before 4.2)",
          MODULE,
          MODULE);
      return new ScalarKernels();
    }
    Kernels kernels = load();
    LOG.info(
        "kernels: simd with {} lanes, {}",
        kernels.lanes(),
        lanes.isEmpty() ? "the machine's own width" : "as -Dconvoy.lanes asks");
    return kernels;
  }

  /** By name, so that this class loads where the Vector module is missing. */
  private static Kernels load() {
    try {
      return (Kernels) Class.forName(SIMD).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new ConvoyException(ConvoyException.Kind.INTERNAL, "cannot load " + SIMD + ": " + e, e);
    }
  }

  /**
   * Without it Math.fma is emulated, a thousand times slower. Other JVMs than HotSpot are trusted.
   */
  private static void requireFusedMultiplyAdd() {
    String value;
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      CompositeData option =
          (CompositeData)
              server.invoke(
                  new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                  "getVMOption",
                  new Object[] {"UseFMA"},
                  new String[] {"java.lang.String"});
      value = (String) option.get("value");
    } catch (javax.management.JMException | RuntimeException e) {
      LOG.debug("cannot ask the JVM for UseFMA", e);
      return;
    }
    if (!Boolean.parseBoolean(value)) {
      throw ConvoyException.resource(
          "Convoy needs a processor with fused multiply-add (x86: FMA3, Haswell of 2013 or later),"
              + " and a JVM that uses it: this one has UseFMA=false");
    }
  }
}
