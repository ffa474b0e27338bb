package io.convoy.storage;

import io.convoy.error.ConvoyException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.apache.hadoop.fs.ClusterStorageCapacityExceededException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.PathPermissionException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.RpcNoSuchMethodException;
import org.apache.hadoop.ipc.RpcNoSuchProtocolException;
import org.apache.hadoop.security.AccessControlException;

/**
 * Which errors of a store pass by themselves, and which stay until somebody mends what they are
 * about.
 *
 * <p>Final are those that name what is wrong with the request, the rights or the room: rights that
 * lack, a quota or a disk that is full, a path that is no folder, a file that is not there. What a
 * local disk says is final, too. All else passes: a name node that is away, that starts (safe mode)
 * or that is not the active one of two; data nodes that are too few at the moment; a connection
 * that is torn, refused or not answered. So do errors that are not known here: every store's
 * library has its own, and tries are limited by time.
 */
final class StoreFault {
  private static final List<Class<? extends IOException>> FINAL =
      List.of(
          FileNotFoundException.class,
          FileSystemException.class,
          AccessControlException.class,
          PathPermissionException.class,
          ClusterStorageCapacityExceededException.class,
          FileAlreadyExistsException.class,
          ParentNotDirectoryException.class,
          UnsupportedFileSystemException.class,
          RpcNoSuchMethodException.class,
          RpcNoSuchProtocolException.class,
          ClosedByInterruptException.class);

  private StoreFault() {}

  /** An error of kind RESOURCE, whose type says whether it may pass. */
  static ConvoyException error(String message, IOException cause, boolean passes) {
    return passes
        ? new StoreUnavailableException(message, cause)
        : new ConvoyException(ConvoyException.Kind.RESOURCE, message, cause);
  }

  /** Whether an error may be gone at the next try. */
  static boolean mayPass(IOException error) {
    IOException cause =
        error instanceof RemoteException remote ? remote.unwrapRemoteException() : error;
    if (cause instanceof InterruptedIOException) {
      return cause instanceof SocketTimeoutException;
    }
    // the client was closed under us, with its session: it says so in words alone
    boolean closed = "Filesystem closed".equals(cause.getMessage());
    return !closed && FINAL.stream().noneMatch(type -> type.isInstance(cause));
  }
}
