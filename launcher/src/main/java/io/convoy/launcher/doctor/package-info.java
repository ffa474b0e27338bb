/**
 * What Convoy needs of a machine, looked at one thing after the other: each check says what it
 * found, and what to do where that is not good. Nothing is changed but for a small file that is
 * written and deleted where the user asks for it.
 */
package io.convoy.launcher.doctor;
