/**
 * Where the command line begins, and how it fails. A command reads the user's words, hands them to
 * the trainer and shows what comes back; nothing is computed in any package of the launcher.
 */
package io.convoy.launcher;
