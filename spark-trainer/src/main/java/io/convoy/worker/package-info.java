/**
 * What runs on executors: replicas of a training and the segments that they are trained for. It
 * knows nothing of the driver's loop.
 */
package io.convoy.worker;
