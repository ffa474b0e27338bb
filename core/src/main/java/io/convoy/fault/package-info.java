/**
 * Faults of trainings, each told by a detector that looks at what is known of one: its curves, the
 * figures of its layers and executors, its data, its recipe ({@link io.convoy.fault.Evidence}).
 * What checks before a training judge as well, they ask here. Nothing here trains or reads files of
 * a run.
 */
package io.convoy.fault;
