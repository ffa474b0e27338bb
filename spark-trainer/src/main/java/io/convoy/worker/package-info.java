/**
 * What runs on executors: replicas of a training and the segments that they are trained for. It
 * knows nothing of the driver's loop.
 *
 * <p>The key of the exchanges ({@link io.convoy.worker.RunKey}) reaches executors as a field of the
 * segment's task, which Spark sends as a broadcast, and in no other way: not in the configuration,
 * a job's properties, the event log, a log line or a file of the run. So it is as well kept as the
 * weights on their way: encrypted where Spark is asked to encrypt, which is also where the exchange
 * does; and on executors' local disks, should Spark move a broadcast there, where {@code
 * spark.io.encryption.enabled} is set. Where {@code spark.authenticate} is on, whoever learns it
 * still needs Spark's secret to take part or to read along.
 */
package io.convoy.worker;
