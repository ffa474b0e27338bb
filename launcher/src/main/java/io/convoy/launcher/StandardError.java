package io.convoy.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.Charset;

/**
 * The stream for errors. {@code scripts/convoy} leads what the JVM itself says through a filter,
 * and names the descriptor of the real stream, so that Convoy's words go past the filter: they are
 * there when the process has ended.
 */
final class StandardError {
  /** The system property that names the descriptor; absent where nothing is filtered. */
  static final String PROPERTY = "convoy.stderr";

  private StandardError() {}

  /** Makes the stream that {@link #PROPERTY} names that of this process. */
  static void take() {
    Integer descriptor = Integer.getInteger(PROPERTY);
    if (descriptor == null) {
      return;
    }
    try {
      // nothing public opens one by its number
      Constructor<FileDescriptor> known = FileDescriptor.class.getDeclaredConstructor(int.class);
      known.setAccessible(true);
      FileOutputStream real = new FileOutputStream(known.newInstance(descriptor));
      Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
      System.setErr(new PrintStream(real, true, charset));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // java.io is not open to us: the filter lets Convoy's words pass as well
    }
  }
}
