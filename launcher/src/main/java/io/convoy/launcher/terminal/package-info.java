/** Where a command prints, and what becomes of it when its user interrupts it. */
package io.convoy.launcher.terminal;
