/** README.md as a newcomer follows it: its own commands, word for word, in a fresh clone. */
package io.convoy.newcomer;
