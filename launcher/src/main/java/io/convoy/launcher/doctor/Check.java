package io.convoy.launcher.doctor;

import java.util.List;

/** Something to look at. */
interface Check {
  /** What was found: at least one finding; whatever goes wrong is one, too. */
  List<Finding> look();
}
