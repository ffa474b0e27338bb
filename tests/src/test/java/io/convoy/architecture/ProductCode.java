package io.convoy.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The classes that the rules are held over: all of Convoy's on the class path, without tests. */
final class ProductCode {
  /** Read once; a test's own classes are left out, in whatever folder or jar they are. */
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages(Layers.ROOT);

  private ProductCode() {}
}
