package io.convoy.kernel.simd.constant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * Classes that are defined anew, from one source, for each set of numbers that the compiler has to
 * know as constants: hidden classes, with the numbers as their class data.
 */
public final class ConstantClasses {
  private ConstantClasses() {}

  /**
   * An object of a new class.
   *
   * @param lookup of the template's own package: the new class is in its package
   * @param template the class to define again; it has a constructor without arguments
   * @param constants what {@link #constant} answers within the new class
   */
  public static <T> T define(Lookup lookup, Class<? extends T> template, List<Integer> constants) {
    try (InputStream code = template.getResourceAsStream(template.getSimpleName() + ".class")) {
      Lookup hidden = lookup.defineHiddenClassWithClassData(code.readAllBytes(), constants, true);
      MethodType noArguments = MethodType.methodType(void.class);
      Object defined = hidden.findConstructor(hidden.lookupClass(), noArguments).invoke();
      @SuppressWarnings("unchecked") // it implements and extends what the template does
      T object = (T) defined;
      return object;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the code of " + template, e);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("cannot define " + template, e);
    }
  }

  /** One of the numbers that a class is defined for: for its own static final fields. */
  public static int constant(Lookup defined, int index) {
    try {
      return MethodHandles.classDataAt(defined, "_", int.class, index);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
