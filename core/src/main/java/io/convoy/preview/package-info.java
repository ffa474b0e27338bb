/**
 * Training images to look at: as they are stored, as evaluation sees them, and as training does.
 */
package io.convoy.preview;
