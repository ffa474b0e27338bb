package io.convoy.storage;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.hdfs.protocol.NSQuotaExceededException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.RetriableException;
import org.apache.hadoop.ipc.StandbyException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.authorize.AuthorizationException;
import org.apache.hadoop.security.token.SecretManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each is a decision: what is tried again for minutes, and what ends a run at once. */
class StoreFaultTest {
  static Stream<IOException> passing() {
    return Stream.of(
        // the name node is away, or just comes
        new ConnectException("Connection refused"),
        new NoRouteToHostException("No route to host"),
        new UnknownHostException("nn1"),
        new SocketTimeoutException("60000 millis timeout while waiting for channel"),
        new SocketException("Connection reset"),
        new EOFException("End of File Exception between local host and destination host"),
        new RetriableException("NameNode still not started"),
        remote("org.apache.hadoop.hdfs.server.namenode.SafeModeException", "in safe mode"),
        // of two name nodes it is the other one
        new StandbyException("Operation category READ is not supported in state standby"),
        remote("org.apache.hadoop.ipc.StandbyException", "not supported in state standby"),
        remote("org.apache.hadoop.ipc.ObserverRetryOnActiveException", "observer is behind"),
        // data nodes
        new IOException("could only be written to 0 of the 1 minReplication nodes"),
        new IOException("All datanodes [127.0.0.1:9866] are bad. Aborting..."),
        new BlockMissingException("/run/state.json", "Could not obtain block", 0),
        // what was written has to be written anew, which a try does
        remote("org.apache.hadoop.hdfs.server.namenode.LeaseExpiredException", "no lease"),
        new AlreadyBeingCreatedException("being recovered"),
        // Spark brings new tokens
        new SecretManager.InvalidToken("token is expired"),
        // a store's own, of which nothing is known here
        remote("com.example.store.SlowDownException", "503"),
        new IOException());
  }

  static Stream<IOException> lasting() {
    return Stream.of(
        new AccessControlException("Permission denied: user=guest, access=WRITE"),
        new AuthorizationException("not allowed to impersonate"),
        remote("org.apache.hadoop.security.AccessControlException", "Permission denied"),
        new NSQuotaExceededException("The NameSpace quota is exceeded"),
        new DSQuotaExceededException("The DiskSpace quota is exceeded"),
        remote("org.apache.hadoop.hdfs.protocol.DSQuotaExceededException", "quota"),
        new FileNotFoundException("/run/checkpoints"),
        remote("java.io.FileNotFoundException", "/run/checkpoints"),
        new FileAlreadyExistsException("/run"),
        new ParentNotDirectoryException("/run is a file"),
        new AccessDeniedException("/mnt/run"),
        new NoSuchFileException("/mnt/run"),
        new IOException("Filesystem closed"),
        new InterruptedIOException("interrupted"),
        new ClosedByInterruptException());
  }

  private static RemoteException remote(String type, String message) {
    return new RemoteException(type, message);
  }

  @ParameterizedTest
  @MethodSource("passing")
  void isTriedAgain(IOException error) {
    assertTrue(StoreFault.mayPass(error), error.toString());
  }

  @ParameterizedTest
  @MethodSource("lasting")
  void isNotTriedAgain(IOException error) {
    assertFalse(StoreFault.mayPass(error), error.toString());
  }
}
