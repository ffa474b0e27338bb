/** The maximum and the mean over windows. */
package io.convoy.operation.pooling;
