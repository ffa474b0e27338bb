/** Update rules, applied chunk by chunk by whoever owns the chunk. */
package io.convoy.optimizer;
