package io.convoy.worker;

import java.util.Collections;
import java.util.Iterator;

/** Has an executor forget a run that is over. Best effort: it reaches who is free. */
public final class Cleanup implements Tasks.Body {
  private static final long serialVersionUID = 1L;

  private final String run;

  public Cleanup(String run) {
    this.run = run;
  }

  @Override
  public Iterator<Object> run(int partition) {
    Replicas.drop(run);
    ShardTask.drop(run);
    return Collections.emptyIterator();
  }
}
