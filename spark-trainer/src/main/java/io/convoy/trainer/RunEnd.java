package io.convoy.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.evaluation.EvaluationReport;
import io.convoy.feed.BatchPlan;
import io.convoy.json.Json;
import io.convoy.run.RunFolder;
import io.convoy.train.Evaluator;
import io.convoy.train.TrainingState;
import io.convoy.worker.Assignment;
import io.convoy.worker.EvaluationTask;
import io.convoy.worker.JobDescription;
import io.convoy.worker.LayersTask;
import io.convoy.worker.PicturesTask;
import io.convoy.worker.SeenSet;
import io.convoy.worker.Tasks;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What follows a training's last step: the test, the result, and what people look at.
 *
 * @param assignment what the run's tasks have in common
 */
record RunEnd(
    JavaSparkContext spark,
    TrainingJob job,
    RunSession session,
    Assignment assignment,
    BatchPlan plan) {

  /**
   * Does all that, unless the run had come to its end before.
   *
   * @param end the state after the last step
   * @param test null for none
   */
  TrainingOutcome of(
      TrainingState end,
      SeenSet test,
      Progress progress,
      Validations validations,
      TrainingListener listener) {
    Optional<TrainingOutcome> before = before(end);
    if (before.isPresent()) {
      return before.get();
    }
    RunFindings findings = session.findings();
    Evaluator.Result tested = null;
    if (test != null) {
      EvaluationTask.Sum sum = evaluated(end, test);
      tested = sum.result();
      Evaluator.Result result = tested;
      session.tensorBoard().ifPresent(log -> log.test(end.step(), result));
      listener.onEvaluation(end.step(), tested);
      EvaluationReport figures =
          SparkEvaluator.report(session.recipe(), test.open(assignment.files()), sum);
      findings.writeFigures(RunFolder.EVALUATION, end.step(), figures);
    }
    findings.write(RunFolder.PICTURES, () -> pictures(end, test));
    session.writeTensorBoard(end.step());
    findings.write(RunFolder.LAYERS, this::layers);
    TrainingOutcome outcome =
        progress.outcome(
            job,
            end,
            tested == null ? null : tested.accuracy(),
            tested == null ? null : tested.loss(),
            validations);
    session.writeResult(outcome);
    findings.writeReport();
    return outcome;
  }

  /** The result of a run that nothing was done for. */
  private Optional<TrainingOutcome> before(TrainingState end) {
    return end.step() > session.startStep()
        ? Optional.empty()
        : session
            .folder()
            .readResult(TrainingOutcome.class)
            .filter(result -> end.weightsSha256().equals(result.weightsSha256()));
  }

  private EvaluationTask.Sum evaluated(TrainingState end, SeenSet test) {
    return SparkEvaluator.sum(
        spark,
        assignment,
        end.inferenceWeights(),
        test,
        job.executors(),
        "test after step " + end.step());
  }

  private JsonNode pictures(TrainingState end, SeenSet test) {
    String figures = test == null ? RunFolder.VALIDATION : RunFolder.EVALUATION;
    int[] mistakes = mistakes(session.folder().readFigures(figures).orElse(Json.object()));
    try (BroadcastArray weights = new BroadcastArray(spark, end.inferenceWeights())) {
      JsonNode pictures =
          byOneTask(
              "pictures after step " + end.step(),
              new PicturesTask(assignment, test, mistakes, weights.slices()));
      session.tensorBoard().ifPresent(log -> log.pictures(end.step(), pictures));
      return pictures;
    }
  }

  /** Numbers of the images that figures name as mistakes. */
  private static int[] mistakes(JsonNode figures) {
    return StreamSupport.stream(figures.at("/figures/mistakes").spliterator(), false)
        .mapToInt(mistake -> mistake.path("sample").asInt())
        .toArray();
  }

  private JsonNode layers() {
    int shards = (plan.usedShards(0) + job.executors() - 1) / job.executors();
    return byOneTask(
        "layers are timed",
        new LayersTask(assignment, plan.mostSamples(shards), plan.batchSamples(0)));
  }

  private JsonNode byOneTask(String what, Tasks.Body task) {
    byte[] json =
        (byte[])
            JobDescription.during(
                    spark,
                    JobDescription.of(assignment.run(), what),
                    () -> Tasks.apart(spark, 1, task))
                .get(0);
    return Json.read(json, JsonNode.class, "what a task has found");
  }
}
