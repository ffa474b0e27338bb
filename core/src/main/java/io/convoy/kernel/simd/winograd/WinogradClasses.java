package io.convoy.kernel.simd.winograd;

import io.convoy.kernel.WinogradForm;
import io.convoy.kernel.WinogradKernels;
import io.convoy.kernel.simd.constant.ConstantClasses;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** {@link SimdWinogradKernels}, a class for each form. */
public final class WinogradClasses {
  private WinogradClasses() {}

  /** The transforms of a form, by a new class: ask once. */
  public static WinogradKernels of(WinogradForm form) {
    return ConstantClasses.define(
        MethodHandles.lookup(), SimdWinogradKernels.class, List.of(form.ordinal()));
  }
}
