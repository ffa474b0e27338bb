package io.convoy.optimizer;

/** The update rules as their papers' formulas, in double precision. */
final class ReferenceOptimizer {
  private final Optimizer optimizer;
  private final double[] weights;
  private final double[][] memory;

  ReferenceOptimizer(Optimizer optimizer, float[] start) {
    this.optimizer = optimizer;
    weights = new double[start.length];
    memory = new double[optimizer.slots().size()][start.length];
    for (int i = 0; i < start.length; i++) {
      weights[i] = start[i];
      for (int s = 0; s < memory.length; s++) {
        memory[s][i] = optimizer.initialValue(optimizer.slots().get(s));
      }
    }
  }

  double weight(int i) {
    return weights[i];
  }

  double memory(int slot, int i) {
    return memory[slot][i];
  }

  void update(int t, double rate, float[] gradient) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] -= change(t, rate, gradient[i], i);
    }
  }

  /** What is taken from weight {@code i}. */
  private double change(int t, double rate, double gradient, int i) {
    double coupled = gradient + optimizer.weightDecay() * weights[i];
    if (optimizer instanceof Sgd sgd) {
      return rate * sgd(sgd, coupled, i);
    }
    if (optimizer instanceof Adam adam) {
      return rate * adam(adam.beta1(), adam.beta2(), adam.epsilon(), t, coupled, i);
    }
    if (optimizer instanceof AdamW adam) {
      return rate * adam.weightDecay() * weights[i]
          + rate * adam(adam.beta1(), adam.beta2(), adam.epsilon(), t, gradient, i);
    }
    if (optimizer instanceof AdaGrad grad) {
      memory[0][i] += coupled * coupled;
      double decayed = rate / (1 + (t - 1) * (double) grad.rateDecay());
      return decayed * coupled / (Math.sqrt(memory[0][i]) + grad.epsilon());
    }
    if (optimizer instanceof Lion lion) {
      return rate * (lion.weightDecay() * weights[i] + lion(lion, gradient, i));
    }
    if (optimizer instanceof Lars lars) { // of a parameter without a trust ratio
      return rate * sgd(new Sgd(lars.momentum(), lars.nesterov(), 0, false), coupled, i);
    }
    if (optimizer instanceof Lamb lamb) {
      return rate * lamb.weightDecay() * weights[i]
          + rate * adam(lamb.beta1(), lamb.beta2(), lamb.epsilon(), t, gradient, i);
    }
    if (optimizer instanceof Muon muon) { // of a parameter that is no matrix
      double direction = sgd(new Sgd(muon.momentum(), muon.nesterov(), 0, false), gradient, i);
      return rate * (muon.weightDecay() * weights[i] + direction);
    }
    return rate * rmsProp((RmsProp) optimizer, coupled, i);
  }

  private double sgd(Sgd sgd, double g, int i) {
    if (sgd.momentum() == 0) {
      return g;
    }
    memory[0][i] = sgd.momentum() * memory[0][i] + g;
    return sgd.nesterov() ? g + sgd.momentum() * memory[0][i] : memory[0][i];
  }

  private double adam(double beta1, double beta2, double epsilon, int t, double g, int i) {
    memory[0][i] = beta1 * memory[0][i] + (1 - beta1) * g;
    memory[1][i] = beta2 * memory[1][i] + (1 - beta2) * g * g;
    double mean = memory[0][i] / (1 - Math.pow(beta1, t));
    double square = memory[1][i] / (1 - Math.pow(beta2, t));
    return mean / (Math.sqrt(square) + epsilon);
  }

  private double lion(Lion lion, double g, int i) {
    double direction = Math.signum(lion.beta1() * memory[0][i] + (1 - lion.beta1()) * g);
    memory[0][i] = lion.beta2() * memory[0][i] + (1 - lion.beta2()) * g;
    return direction;
  }

  private double rmsProp(RmsProp prop, double g, int i) {
    double alpha = prop.alpha();
    memory[0][i] = alpha * memory[0][i] + (1 - alpha) * g * g;
    double variance = memory[0][i];
    if (prop.centered()) {
      memory[1][i] = alpha * memory[1][i] + (1 - alpha) * g;
      variance -= memory[1][i] * memory[1][i];
    }
    double divided = g / (Math.sqrt(variance) + prop.epsilon());
    if (prop.momentum() == 0) {
      return divided;
    }
    double[] velocity = memory[memory.length - 1];
    velocity[i] = prop.momentum() * velocity[i] + divided;
    return velocity[i];
  }
}
