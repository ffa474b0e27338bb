package io.convoy.train;

import io.convoy.network.StateLayout;
import io.convoy.network.StateLayout.Entry;
import io.convoy.optimizer.Adam;
import io.convoy.optimizer.Lamb;
import io.convoy.optimizer.Lars;
import io.convoy.optimizer.Muon;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RegularizationOptions;
import org.apache.commons.math3.linear.DefaultRealMatrixChangingVisitor;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Clipping by norm, penalties, optimizers that go by norms, and limits to filters: whole parameters
 * at a time, in double precision, by the formulas of their papers.
 */
final class ReferenceUpdate {
  private final Recipe recipe;
  private final StateLayout layout;
  private final RegularizationOptions regularization;
  private final double[] weights;
  private final double[][] memory;

  ReferenceUpdate(Recipe recipe, float[] start) {
    this.recipe = recipe;
    layout = recipe.network().layout();
    regularization =
        recipe.regularization() == null
            ? new RegularizationOptions(0, 0, 0, null, false)
            : recipe.regularization();
    weights = new double[start.length];
    for (int i = 0; i < start.length; i++) {
      weights[i] = start[i];
    }
    memory = new double[2][start.length];
  }

  double weight(int i) {
    return weights[i];
  }

  /**
   * @param t from 1
   * @param gradient the mean gradient
   */
  void step(int t, double rate, double[] gradient) {
    double norm = 0;
    for (Entry entry : layout.trained()) {
      norm += square(norm(gradient, entry.offset(), entry.length()));
    }
    Float limit = recipe.clip() == null ? null : recipe.clip().norm();
    double scale = limit == null ? 1 : Math.min(1, limit / Math.sqrt(norm));
    for (Entry entry : layout.trained()) {
      double[] g = new double[entry.length()];
      for (int i = 0; i < g.length; i++) {
        g[i] = gradient[entry.offset() + i] * scale;
      }
      update(t, rate, entry, g);
    }
  }

  private void update(int t, double rate, Entry entry, double[] g) {
    boolean weight = entry.name().endsWith(".weight") && !entry.name().startsWith("norm");
    int from = entry.offset();
    boolean penalised = weight || regularization.normAndBias();
    for (int i = 0; i < g.length && penalised; i++) {
      double w = weights[from + i];
      g[i] += regularization.l1() * Math.signum(w) + regularization.l2() * w;
    }
    double before = norm(weights, from, g.length);
    for (int i = 0; i < g.length && penalised; i++) {
      weights[from + i] *= 1 - rate * regularization.decoupledDecay();
    }
    boolean decays = weight || recipe.optimizer().decayNormAndBias();
    move(t, rate, entry, g, before, weight, decays ? recipe.optimizer().weightDecay() : 0);
    if (weight && regularization.maxNorm() != null) {
      int filter = g.length / entry.parameter().shape().extent(0);
      for (int f = from; f < from + g.length; f += filter) {
        double factor = Math.min(1, regularization.maxNorm() / norm(weights, f, filter));
        for (int i = f; i < f + filter; i++) {
          weights[i] *= factor;
        }
      }
    }
  }

  private void move(
      int t, double rate, Entry entry, double[] g, double before, boolean weight, double decay) {
    int from = entry.offset();
    if (recipe.optimizer() instanceof Lars lars) {
      boolean adapts = weight || lars.adaptNormAndBias();
      double norm = norm(g, 0, g.length);
      double trust =
          adapts && before > 0 && norm > 0
              ? lars.trustCoefficient() * before / (norm + decay * before + lars.epsilon())
              : 1;
      for (int i = 0; i < g.length; i++) {
        double scaled = trust * (g[i] + decay * weights[from + i]);
        weights[from + i] -= rate * momentum(lars.momentum(), lars.nesterov(), scaled, from + i);
      }
    } else if (recipe.optimizer() instanceof Lamb lamb) {
      double[] u = new double[g.length];
      for (int i = 0; i < g.length; i++) {
        u[i] = adam(lamb.beta1(), lamb.beta2(), lamb.epsilon(), t, g[i], from + i);
        u[i] += decay * weights[from + i];
      }
      double norm = norm(u, 0, u.length);
      boolean adapts = (weight || lamb.adaptNormAndBias()) && before > 0 && norm > 0;
      double most = lamb.maxTrust() == null ? Double.POSITIVE_INFINITY : lamb.maxTrust();
      double trust = adapts ? Math.min(most, before / norm) : 1;
      for (int i = 0; i < g.length; i++) {
        weights[from + i] -= rate * trust * u[i];
      }
    } else if (recipe.optimizer() instanceof Muon muon) {
      double[] u = new double[g.length];
      for (int i = 0; i < g.length; i++) {
        u[i] = momentum(muon.momentum(), muon.nesterov(), g[i], from + i);
      }
      boolean hidden = weight && !entry.name().startsWith("logits");
      double[] step = hidden ? orthogonal(u, entry, muon) : u;
      for (int i = 0; i < g.length; i++) {
        weights[from + i] *= 1 - rate * decay;
        weights[from + i] -= rate * (hidden ? 1 : muon.otherRate()) * step[i];
      }
    } else {
      for (int i = 0; i < g.length; i++) {
        double coupled = g[i] + decay * weights[from + i];
        weights[from + i] -=
            recipe.optimizer() instanceof Adam adam
                ? rate * adam(adam.beta1(), adam.beta2(), adam.epsilon(), t, coupled, from + i)
                : rate * sgd((Sgd) recipe.optimizer(), coupled, from + i);
      }
    }
  }

  private static double[] orthogonal(double[] u, Entry entry, Muon muon) {
    int rows = entry.parameter().shape().extent(0);
    RealMatrix x = MatrixUtils.createRealMatrix(rows, u.length / rows);
    x.walkInOptimizedOrder(
        new DefaultRealMatrixChangingVisitor() {
          @Override
          public double visit(int row, int column, double value) {
            return u[row * (u.length / rows) + column];
          }
        });
    x = x.scalarMultiply(1 / (x.getFrobeniusNorm() + 1e-7));
    boolean tall = x.getRowDimension() > x.getColumnDimension();
    x = tall ? x.transpose() : x;
    for (int i = 0; i < muon.iterations(); i++) {
      RealMatrix a = x.multiply(x.transpose());
      RealMatrix b = a.scalarMultiply(-4.7750).add(a.multiply(a).scalarMultiply(2.0315));
      x = x.scalarMultiply(3.4445).add(b.multiply(x));
    }
    x = tall ? x.transpose() : x;
    int columns = x.getColumnDimension();
    double scale =
        muon.adjustRate() == Muon.AdjustRate.ORIGINAL
            ? Math.sqrt(Math.max(1, (double) rows / columns))
            : 0.2 * Math.sqrt(Math.max(rows, columns));
    double[] result = new double[u.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        result[row * columns + column] = scale * x.getEntry(row, column);
      }
    }
    return result;
  }

  private double sgd(Sgd sgd, double g, int i) {
    return momentum(sgd.momentum(), sgd.nesterov(), g, i);
  }

  private double momentum(double momentum, boolean nesterov, double g, int i) {
    memory[0][i] = momentum * memory[0][i] + g;
    return nesterov ? g + momentum * memory[0][i] : memory[0][i];
  }

  private double adam(double beta1, double beta2, double epsilon, int t, double g, int i) {
    memory[0][i] = beta1 * memory[0][i] + (1 - beta1) * g;
    memory[1][i] = beta2 * memory[1][i] + (1 - beta2) * g * g;
    double mean = memory[0][i] / (1 - Math.pow(beta1, t));
    return mean / (Math.sqrt(memory[1][i] / (1 - Math.pow(beta2, t))) + epsilon);
  }

  private static double norm(double[] values, int from, int length) {
    double squares = 0;
    for (int i = from; i < from + length; i++) {
      squares += square(values[i]);
    }
    return Math.sqrt(squares);
  }

  private static double square(double value) {
    return value * value;
  }
}
