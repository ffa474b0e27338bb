/**
 * The command line: its commands, what they print, and how they fail. A command reads the user's
 * words, hands them to the trainer and shows what comes back; nothing is computed here.
 */
package io.convoy.launcher;
