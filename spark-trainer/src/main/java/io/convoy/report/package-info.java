/**
 * What a run's folder says, as a page for people: {@code report.html}. The data stand in the page
 * as JSON, and its script makes all that is seen of them, as text alone: nothing that a run says is
 * ever read as HTML.
 */
package io.convoy.report;
