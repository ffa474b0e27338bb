/** Learning rates by step: pure functions in double precision. */
package io.convoy.schedule;
