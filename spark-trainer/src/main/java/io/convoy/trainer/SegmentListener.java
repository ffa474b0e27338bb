package io.convoy.trainer;

import io.convoy.worker.SegmentProgress;

/** Told of steps as they are done. */
@FunctionalInterface
interface SegmentListener {
  void onProgress(SegmentProgress progress);
}
