package io.convoy.launcher.progress;

import java.util.Locale;

/** What is counted on the way. */
public enum Quantity {
  /** Bytes: {@code 12.3 MiB of 25.2 MiB, 3.41 MiB/s}. */
  BYTES {
    @Override
    String of(long at, long total) {
      return ByteSize.of(at) + " of " + ByteSize.of(total);
    }

    @Override
    String speed(double perSecond) {
      return ByteSize.of((long) perSecond);
    }
  },
  /** Images: {@code 1200 of 60000 images, 230 images/s}. */
  IMAGES {
    @Override
    String of(long at, long total) {
      return "%s of %s images".formatted(at, total);
    }

    @Override
    String speed(double perSecond) {
      return number(perSecond) + " images";
    }
  },
  /** Parts of a job: {@code 12 of 40 parts, 0.5 parts/s}. */
  PARTS {
    @Override
    String of(long at, long total) {
      return "%s of %s parts".formatted(at, total);
    }

    @Override
    String speed(double perSecond) {
      return number(perSecond) + " parts";
    }
  },
  /** Filters of a network: {@code 3 of 8 filters, 0.5 filters/s}. */
  FILTERS {
    @Override
    String of(long at, long total) {
      return "%s of %s filters".formatted(at, total);
    }

    @Override
    String speed(double perSecond) {
      return number(perSecond) + " filters";
    }
  },
  /** Networks that are run over images: {@code 3 of up to 7 networks, 0.5 networks/s}. */
  NETWORKS {
    @Override
    String of(long at, long total) {
      return "%s of up to %s networks".formatted(at, total);
    }

    @Override
    String speed(double perSecond) {
      return number(perSecond) + " networks";
    }
  },
  /** Steps of a training: {@code 30 of 200 steps, 12 steps/s}. */
  STEPS {
    @Override
    String of(long at, long total) {
      return "%s of %s steps".formatted(at, total);
    }

    @Override
    String speed(double perSecond) {
      return number(perSecond) + " steps";
    }
  },
  /** Trainings of a search: {@code 7 of 27 trainings, 0.05 trainings/s}. */
  TRAININGS {
    @Override
    String of(long at, long total) {
      return "%s of %s trainings".formatted(at, total);
    }

    @Override
    String speed(double perSecond) {
      return String.format(Locale.ROOT, "%.2g trainings", perSecond);
    }
  };

  /** How far it is. */
  abstract String of(long at, long total);

  /** What comes in a second, without that word. */
  abstract String speed(double perSecond);

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 9.95 ? "%.1f" : "%.0f", value);
  }
}
