package io.convoy.selection;

import io.convoy.ensemble.Contender;
import java.util.List;

/**
 * An ensemble that was made.
 *
 * @param contenders all that it was chosen among, in the order of the table
 * @param report what is written about it
 */
public record SelectionOutcome(List<Contender> contenders, SelectionReport report) {}
